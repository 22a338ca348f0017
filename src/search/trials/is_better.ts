import type { Direction } from "../samplers/sampler.ts";
import type { Trial } from "./trial.ts";

/**
 * Whether a trial is a better one to choose than another. One that is done is better than one that was pruned; of two pruned ones that
 * which got further, since scores after different epochs do not compare; then the score says, and of equals the older is better. A trial
 * without a finite score is never better: NaN is no improvement.
 *
 * @param trial Any trial.
 * @param other The best so far; null if there is none.
 * @param direction Whether small or large scores are good.
 */
export function isBetter(trial: Trial, other: Trial | null, direction: Direction): boolean {
  const { id, status, score, epochs } = trial;
  if (status !== "done" && status !== "pruned" || score === null || !Number.isFinite(score)) return false;
  if (other === null) return true;
  if (status !== other.status) return status === "done";
  if (status === "pruned" && epochs !== other.epochs) return epochs > other.epochs;
  if (score === other.score) return id < other.id;
  return direction === "max" ? score > other.score! : score < other.score!;
}
