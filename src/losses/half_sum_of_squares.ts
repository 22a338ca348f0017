import { elementwiseLoss } from "./elementwise_loss.ts";
import type { Loss } from "./loss.ts";
import type { LossOptions, LossRow } from "./loss_row.ts";
import { meanSquaredErrorRow } from "./mean_squared_error.ts";

/**
 * ½ Σ (p − t)² over the last axis: a sum, not a mean, so that its derivative by p is p − t. The loss of many lectures.
 */
export function halfSumOfSquares(options?: LossOptions): Loss {
  return halfSumOfSquaresRow.create(options);
}

/** Its row of the table. */
export const halfSumOfSquaresRow: LossRow = elementwiseLoss({
  id: "half_sum_of_squares",
  formula: meanSquaredErrorRow.formulas[0],
  borrowed: true,
  scale: () => 0.5,
});
