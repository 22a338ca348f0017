import { checkRateOfStep } from "../optimizers/check_learning_rate.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";

/**
 * The learning rate of a group of layers in a step: what its optimizer says, times what has become of the first group's rate, so that the
 * groups keep their ratio when a callback, or the user, changes that.
 *
 * @param first the optimizer of the first group
 * @param step the number of batches taken before
 * @param rate the rate of the first group now
 */
export function rateOfGroup(optimizer: Optimizer, first: Optimizer, step: number, rate: number): number {
  const own = rateAt(optimizer, step);
  const begun = rateAt(first, step);
  return rate === begun ? own : own * (rate / begun);
}

function rateAt({ learningRate }: Optimizer, step: number): number {
  return typeof learningRate === "number" ? learningRate : checkRateOfStep(learningRate.at(step), learningRate, step);
}
