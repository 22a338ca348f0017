/**
 * Runs our benchmarks, then ours and the installed peers in turns on the same workloads.
 *
 * `deno task bench:peers [--only=xor,cold,mlp-128] [--rounds=5] [--write]`: `--only` takes benchmarks and workloads; `--write` renews
 * their parts of BENCHMARKS.md. Everything takes about 20 minutes.
 *
 * @module
 */
import { readRunFlags } from "./lib/read_run_flags.ts";
import { BENCHMARKS, runBenchmarks } from "./lib/run_benchmarks.ts";
import { saveRun } from "./lib/save_run.ts";
import { listOwn, listPeers } from "./peers/contestants.ts";
import { runPeers, WORKLOADS } from "./peers/run_peers.ts";

const { only, rounds, write } = readRunFlags(Deno.args, [...new Set([...BENCHMARKS, ...WORKLOADS])]);
const loads: Record<string, number> = {};
const { reports, failed } = await runBenchmarks(BENCHMARKS.filter((name) => only.includes(name)), loads);
const workloads = WORKLOADS.filter((name) => only.includes(name));
const peers = await runPeers(listOwn(), listPeers(), { workloads, rounds, loads });
if (write) await saveRun(loads, reports, peers);
if (failed.length > 0) {
  console.log(`\nfailed: ${failed.join(", ")}`);
  Deno.exit(1);
}
