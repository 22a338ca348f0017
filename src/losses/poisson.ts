import { add, log, mul, sub } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { EPSILON } from "./clip.ts";
import { elementwiseLoss } from "./elementwise_loss.ts";
import type { Loss } from "./loss.ts";
import { lossFormula } from "./loss_formula.ts";
import type { LossOptions, LossRow } from "./loss_row.ts";

const p = vector("p");

/**
 * mean (p − t · ln(p + 1e-7)) over the last axis; labels are counts ≥ 0. p must be ≥ 0: end the model with softplus or exponential.
 */
export function poisson(options?: LossOptions): Loss {
  return poissonRow.create(options);
}

/** As in Keras, a negative prediction gives NaN. */
export const poissonRow: LossRow = elementwiseLoss({
  id: "poisson",
  target: "non_negative",
  formula: lossFormula("poisson", sub(p, mul(vector("t"), log(add(p, EPSILON))))),
});
