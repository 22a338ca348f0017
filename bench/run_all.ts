/**
 * Runs our benchmarks. `deno task bench [--only=xor,mlp] [--write]`; `--write` renews their parts of BENCHMARKS.md.
 *
 * @module
 */
import { readRunFlags } from "./lib/read_run_flags.ts";
import { BENCHMARKS, runBenchmarks } from "./lib/run_benchmarks.ts";
import { saveRun } from "./lib/save_run.ts";

const { only, write } = readRunFlags(Deno.args, BENCHMARKS);
const loads: Record<string, number> = {};
const { reports, failed } = await runBenchmarks(only, loads);
if (write) await saveRun(loads, reports, null);
if (failed.length > 0) {
  console.log(`\nfailed: ${failed.join(", ")}`);
  Deno.exit(1);
}
