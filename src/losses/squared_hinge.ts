import { max, mul, square } from "../formula/build.ts";
import { elementwiseLoss } from "./elementwise_loss.ts";
import { margin, side } from "./hinge.ts";
import type { Loss } from "./loss.ts";
import { lossFormula } from "./loss_formula.ts";
import type { LossOptions, LossRow } from "./loss_row.ts";

const excess = max(margin, 0);

/** mean max(1 − t·p, 0)² over the last axis; labels are −1 or 1, or 0 or 1, where 0 counts as −1. */
export function squaredHinge(options?: LossOptions): Loss {
  return squaredHingeRow.create(options);
}

/** Its row of the table. */
export const squaredHingeRow: LossRow = elementwiseLoss({
  id: "squared_hinge",
  target: "hinge",
  formula: lossFormula("squared_hinge", square(excess), { gradient: mul(mul(-2, side), excess) }),
});
