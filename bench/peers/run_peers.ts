import { formatFigure } from "../lib/format_figure.ts";
import type { PeerFigures, PeerResults } from "../lib/results.ts";
import { summarize, type Summary } from "../lib/summarize.ts";
import { timeProcess } from "../lib/time_process.ts";
import { watchLoad } from "../lib/watch_load.ts";
import type { Contestant } from "./contestants.ts";

/** What the contestants run; `cold` is the whole process of one XOR training. */
export const WORKLOADS: readonly string[] = [
  "xor",
  "cold",
  "small-32",
  "mlp-32",
  "mlp-128",
  "mlp-512",
  "matmul-512",
  "matmul-1024",
];

/**
 * Runs the workloads: in every round each contestant once, one process after the other, ours first, so that what else the machine does
 * meets all of them alike. Ratios are taken within a round.
 *
 * @param loads is told how busy others kept the machine during each workload
 */
export async function runPeers(
  own: readonly Contestant[],
  peers: readonly Contestant[],
  { workloads, rounds, loads }: { workloads: readonly string[]; rounds: number; loads: Record<string, number> },
): Promise<PeerResults> {
  const results: PeerResults = { versions: {}, missing: {}, workloads: {} };
  const present: Contestant[] = [];
  for (const peer of peers) {
    try {
      const { stdout } = await timeProcess(commandOf(peer, "version"), peer);
      results.versions[peer.name] = String(readLine(stdout).version);
      present.push(peer);
    } catch (error) {
      results.missing[peer.name] = peer.install;
      const reason = error instanceof Error ? error.message.split("\n").pop() : error;
      console.log(`${peer.name} is not installed (${peer.install}): ${reason}`);
    }
  }
  for (const workload of workloads) {
    console.log(`\n== ${workload}`);
    const readLoad = watchLoad();
    results.workloads[workload] = await runWorkload(workload, own, [...own, ...present], rounds);
    loads[`peers ${workload}`] = readLoad();
  }
  return results;
}

async function runWorkload(
  workload: string,
  own: readonly Contestant[],
  all: readonly Contestant[],
  rounds: number,
): Promise<Record<string, PeerFigures>> {
  const runs = new Map<string, Summary[]>(all.map(({ name }) => [name, []]));
  const out = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    for (const contestant of all) {
      if (out.has(contestant.name)) continue;
      try {
        const summary = await runOnce(contestant, workload);
        if (summary === null) out.add(contestant.name);
        else runs.get(contestant.name)!.push(summary);
      } catch (error) {
        out.add(contestant.name);
        console.log(`${contestant.name} FAILED: ${error instanceof Error ? error.message : error}`);
      }
    }
  }
  const figures: Record<string, PeerFigures> = {};
  for (const [name, summaries] of runs) {
    if (summaries.length === 0) continue;
    const ratios: Record<string, number> = {};
    for (const { name: ours } of own) {
      const theirs = runs.get(ours)!;
      const paired = summaries.slice(0, theirs.length).map(({ median }, round) => median / theirs[round].median);
      if (ours !== name && paired.length > 0) ratios[ours] = summarize(paired).median;
    }
    const median = summarize(summaries.map((run) => run.median)).median;
    figures[name] = { median, min: Math.min(...summaries.map((run) => run.min)), rounds: summaries.length, ratios };
    const compared = Object.entries(ratios).map(([ours, ratio]) => `${formatFigure(ratio)} × ${ours}`).join(", ");
    console.log(`${name.padEnd(16)}${formatFigure(median).padStart(8)} ms   ${compared}`);
  }
  return figures;
}

/** Null if the contestant cannot do that. */
async function runOnce(contestant: Contestant, workload: string): Promise<Summary | null> {
  if (workload === "cold") {
    if (contestant.cold === null) return null;
    const { ms } = await timeProcess(contestant.cold ?? commandOf(contestant, workload), contestant);
    return { median: ms, min: ms, count: 1 };
  }
  const { stdout } = await timeProcess(commandOf(contestant, workload), contestant);
  const line = readLine(stdout);
  return line.skipped === true ? null : line as unknown as Summary;
}

function commandOf({ program, args = [] }: Contestant, workload: string): string[] {
  return [...program, workload, ...args];
}

/** The last line of the output, which is JSON. */
function readLine(stdout: string): Record<string, unknown> {
  return JSON.parse(stdout.trimEnd().split("\n").pop()!);
}
