import { equal, greater, max, mul, neg, select, sub } from "../formula/build.ts";
import { type Expression, vector } from "../formula/expression.ts";
import { elementwiseLoss } from "./elementwise_loss.ts";
import type { Loss } from "./loss.ts";
import { lossFormula } from "./loss_formula.ts";
import type { LossOptions, LossRow } from "./loss_row.ts";

const t = vector("t");
/** Labels of 0 count as −1, as Keras has it for labels that are all 0 or 1. */
export const side: Expression = select(equal(t, 0), -1, t);
/** How far the prediction is on the wrong side of the margin. */
export const margin: Expression = sub(1, mul(side, vector("p")));

/**
 * mean max(1 − t·p, 0) over the last axis; labels are −1 or 1, or 0 or 1, where 0 counts as −1. For predictions of any sign, without a
 * sigmoid. Its derivative at the kink is 0.
 */
export function hinge(options?: LossOptions): Loss {
  return hingeRow.create(options);
}

/** Its row of the table. */
export const hingeRow: LossRow = elementwiseLoss({
  id: "hinge",
  target: "hinge",
  formula: lossFormula("hinge", max(margin, 0), { gradient: select(greater(margin, 0), neg(side), 0) }),
});
