import { abs, sub } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { elementwiseLoss } from "./elementwise_loss.ts";
import type { Loss } from "./loss.ts";
import { lossFormula } from "./loss_formula.ts";
import type { LossOptions, LossRow } from "./loss_row.ts";

/** mean |p − t| over the last axis. For regression with outliers. Its derivative is 0 where p = t. */
export function meanAbsoluteError(options?: LossOptions): Loss {
  return meanAbsoluteErrorRow.create(options);
}

/** Its row of the table. */
export const meanAbsoluteErrorRow: LossRow = elementwiseLoss({
  id: "mean_absolute_error",
  aliases: ["mae"],
  formula: lossFormula("absolute_error", abs(sub(vector("p"), vector("t")))),
});
