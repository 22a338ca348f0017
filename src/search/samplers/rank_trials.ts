import type { Direction, FinishedTrial } from "./sampler.ts";

/**
 * Trials from the best to the worst: those that were pruned after those that were not, and among them those that got further
 * first; then by score; those without a score last. Of equals the older is first.
 *
 * @param trials Trials at their end, in any order.
 * @param direction Whether small or large scores are good.
 * @returns A new list.
 */
export function rankTrials(trials: readonly FinishedTrial[], direction: Direction): FinishedTrial[] {
  const sign = direction === "min" ? 1 : -1;
  return trials
    .map((trial) => {
      const { score, status, epochs = 0 } = trial;
      const isScored = score !== null && !Number.isNaN(score);
      const group = !isScored ? 2 : status === "pruned" ? 1 : 0;
      return { trial, group, epochs: group === 1 ? epochs : 0, cost: isScored ? sign * score : 0 };
    })
    .sort((a, b) => {
      return a.group - b.group || b.epochs - a.epochs || compare(a.cost, b.cost) || a.trial.index - b.trial.index;
    })
    .map(({ trial }) => trial);
}

/** The order of two numbers, infinities too. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
