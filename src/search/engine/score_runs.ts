import { findEntry } from "../../errors/find_entry.ts";
import { setEntry } from "../../errors/set_entry.ts";
import type { TrialRun } from "../trials/trial.ts";

/**
 * The score of a trial: the mean over its runs, and its standard error s/√n, where s is their standard deviation with n − 1 degrees of
 * freedom. null if a run has none; the error also with a single run.
 */
export function scoreRuns(runs: readonly TrialRun[]): { score: number | null; standardError: number | null } {
  const scores = runs.map(({ score }) => score);
  if (scores.includes(null) || scores.length === 0) return { score: null, standardError: null };
  const n = scores.length;
  const values = scores as number[];
  const score = values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { score, standardError: null };
  const variance = values.reduce((sum, value) => sum + (value - score) ** 2, 0) / (n - 1);
  return { score, standardError: Math.sqrt(variance / n) };
}

/** The mean of the runs' logs, epoch by epoch, as far as all have come. With a single run it is that run's own object. */
export function meanHistory(runs: readonly TrialRun[]): Record<string, number[]> {
  const [first] = runs;
  if (runs.length === 1) return first.history;
  const mean: Record<string, number[]> = {};
  for (const name of Object.keys(first.history)) {
    const logs = runs.map(({ history }) => findEntry(history, name) ?? []);
    const length = logs.reduce((least, values) => Math.min(least, values.length), Infinity);
    const means = Array.from(
      { length },
      (_, epoch) => logs.reduce((sum, values) => sum + values[epoch], 0) / logs.length,
    );
    setEntry(mean, name, means);
  }
  return mean;
}
