import { add, log, mul, sub } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { EPSILON } from "./clip.ts";
import { elementwiseLoss } from "./elementwise_loss.ts";
import { lossFormula } from "./loss_formula.ts";
import type { LossRow } from "./loss_row.ts";

const p = vector("p");

/**
 * mean (p − t · ln(p + 1e-7)) over the last axis. Predictions must be ≥ 0 (end the model with softplus or exponential): as in
 * Keras, a negative one gives NaN.
 */
export const poisson: LossRow = elementwiseLoss({
  id: "poisson",
  target: "non_negative",
  formula: lossFormula("poisson", sub(p, mul(vector("t"), log(add(p, EPSILON))))),
});
