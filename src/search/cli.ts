/**
 * The command line of the search, `retroprop/cli`:
 *
 * ```sh
 * deno task grid -- --data iris.csv --target species --hidden 4,8,16,32 --lr 0.001..0.03:log:4 --journal run.db --report report.html
 * deno task grid -- --status --journal run.db
 * ```
 *
 * @module
 */
import { openProgressSink } from "../training/progress_sink.ts";
import { listenForInterrupt } from "./cli/listen_for_interrupt.ts";
import { runGridCommand } from "./cli/run_grid_command.ts";

export { type CommandOptions, runGridCommand } from "./cli/run_grid_command.ts";

/** What a runtime gives of the process. */
interface Scope {
  readonly Deno?: { readonly args: readonly string[]; exit(code: number): void };
  readonly process?: { readonly argv: readonly string[]; exitCode?: number };
}

if (import.meta.main) {
  const { Deno, process } = globalThis as Scope;
  const controller = new AbortController();
  const stopListening = listenForInterrupt(() => controller.abort());
  const args = Deno?.args ?? process?.argv.slice(2) ?? [];
  const code = await runGridCommand(args, { signal: controller.signal, columns: openProgressSink().columns });
  stopListening();
  if (code !== 0 && Deno !== undefined) Deno.exit(code);
  if (process !== undefined) process.exitCode = code;
}
