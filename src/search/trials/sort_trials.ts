import type { Direction } from "../samplers/sampler.ts";
import type { Trial } from "./trial.ts";

const ORDER = { done: 0, paused: 1, pruned: 1, running: 2, waiting: 3, failed: 4 };

/**
 * Trials from the best to the worst: those that are done, then those that were stopped early, those at work, and those
 * that failed; each group by score, and equal scores by number. Of those stopped early the ones that got further come first. The array
 * itself is not changed.
 *
 * @param trials Any trials.
 * @param direction Whether small (`min`) or large (`max`) scores are good.
 */
export function sortTrials(trials: readonly Trial[], direction: Direction): Trial[] {
  const sign = direction === "max" ? -1 : 1;
  const isMissing = ({ score }: Trial): number => score === null || Number.isNaN(score) ? 1 : 0;
  return trials.toSorted((a, b) => {
    const isEarly = ORDER[a.status] === 1;
    const byStatus = ORDER[a.status] - ORDER[b.status] || isMissing(a) - isMissing(b) ||
      (isEarly ? b.epochs - a.epochs : 0);
    if (byStatus !== 0) return byStatus;
    return isMissing(a) === 1 || a.score === b.score ? a.id - b.id : sign * (a.score! - b.score!);
  });
}
