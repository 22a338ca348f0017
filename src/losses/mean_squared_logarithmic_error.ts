import { add, div, greater, log1p, max, mul, select, square, sub } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { EPSILON } from "./clip.ts";
import { elementwiseLoss } from "./elementwise_loss.ts";
import type { Loss } from "./loss.ts";
import { lossFormula } from "./loss_formula.ts";
import type { LossOptions, LossRow } from "./loss_row.ts";

const p = vector("p");
const difference = sub(log1p(max(p, EPSILON)), log1p(max(vector("t"), EPSILON)));

/**
 * mean (ln(1 + p) − ln(1 + t))² over the last axis; labels should be ≥ 0: p and t below 1e-7 count as 1e-7. For numbers of many sizes.
 */
export function meanSquaredLogarithmicError(options?: LossOptions): Loss {
  return meanSquaredLogarithmicErrorRow.create(options);
}

/** Its derivative is 0 where p ≤ 1e-7. */
export const meanSquaredLogarithmicErrorRow: LossRow = elementwiseLoss({
  id: "mean_squared_logarithmic_error",
  aliases: ["msle"],
  formula: lossFormula("squared_logarithmic_error", square(difference), {
    gradient: select(greater(p, EPSILON), div(mul(2, difference), add(1, p)), 0),
  }),
});
