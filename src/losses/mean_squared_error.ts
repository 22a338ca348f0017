import { square, sub } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { elementwiseLoss } from "./elementwise_loss.ts";
import type { Loss } from "./loss.ts";
import { lossFormula } from "./loss_formula.ts";
import type { LossOptions, LossRow } from "./loss_row.ts";

/** mean (p − t)² over the last axis. For regression. Its derivative by p is 2(p − t)/n. */
export function meanSquaredError(options?: LossOptions): Loss {
  return meanSquaredErrorRow.create(options);
}

/** Its row of the table. */
export const meanSquaredErrorRow: LossRow = elementwiseLoss({
  id: "mean_squared_error",
  aliases: ["mse"],
  formula: lossFormula("squared_error", square(sub(vector("p"), vector("t")))),
});
