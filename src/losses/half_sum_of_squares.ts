import { elementwiseLoss } from "./elementwise_loss.ts";
import type { LossRow } from "./loss_row.ts";
import { meanSquaredError } from "./mean_squared_error.ts";

/** ½ Σ (p − t)² over the last axis: a sum, not a mean, so that its derivative by p is p − t. */
export const halfSumOfSquares: LossRow = elementwiseLoss({
  id: "half_sum_of_squares",
  formula: meanSquaredError.formulas[0],
  borrowed: true,
  scale: () => 0.5,
});
