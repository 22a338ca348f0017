import type { Machine } from "./describe_machine.ts";
import type { Report } from "./print_report.ts";

/** Where a run happened. */
export interface RunConditions {
  /** Year, month and day. */
  date: string;
  machine: Machine;
}

/** What one contestant did on one workload. */
export interface PeerFigures {
  /** The median of the rounds' medians, in ms. */
  median: number;
  /** The best round's best, in ms. */
  min: number;
  rounds: number;
  /** Its time over ours in the same round, the median of the rounds, by the name of our contestant. */
  ratios: Record<string, number>;
}

/** What the contestants did. */
export interface PeerResults {
  /** Versions by contestant. */
  versions: Record<string, string>;
  /** Contestants that are not installed, with what installs them. */
  missing: Record<string, string>;
  /** Figures by workload and contestant. */
  workloads: Record<string, Record<string, PeerFigures>>;
}

/** All results that BENCHMARKS.md is written from; a run replaces what it measured. */
export interface Results {
  conditions: RunConditions;
  /** Cores that other processes kept busy during a benchmark, or a workload of the peers: `"bench xor"`, `"peers xor"`; null if not recorded. */
  loads: Record<string, number | null>;
  reports: Record<string, Report>;
  peers: PeerResults;
}

const FILE = new URL("../results.json", import.meta.url);

/** Reads bench/results.json; null if there is none. */
export async function readResults(): Promise<Results | null> {
  try {
    return JSON.parse(await Deno.readTextFile(FILE)) as Results;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Writes bench/results.json. */
export async function writeResults(results: Results): Promise<void> {
  await Deno.writeTextFile(FILE, `${JSON.stringify(results, roundNumber, 2)}\n`);
}

/** Six digits are more than any figure is worth. */
function roundNumber(_key: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(6)) : value;
}
