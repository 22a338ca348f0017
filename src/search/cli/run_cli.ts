import { openProgressSink } from "../../training/progress_sink.ts";
import { listenForInterrupt } from "./listen_for_interrupt.ts";
import { runGridCommand } from "./run_grid_command.ts";

/** What a runtime gives of the process. */
interface Scope {
  readonly Deno?: { readonly args: readonly string[]; exit(code: number): void };
  readonly process?: { readonly argv: readonly string[]; exitCode?: number };
}

/** Runs the command with the arguments of the process, which ends with its exit code. Ctrl-C interrupts it. */
export async function runCli(): Promise<void> {
  const { Deno, process } = globalThis as Scope;
  const controller = new AbortController();
  const stopListening = listenForInterrupt(() => controller.abort());
  const args = Deno?.args ?? process?.argv.slice(2) ?? [];
  const code = await runGridCommand(args, { signal: controller.signal, columns: openProgressSink().columns });
  stopListening();
  if (code !== 0 && Deno !== undefined) Deno.exit(code);
  if (process !== undefined) process.exitCode = code;
}
