import { square, sub } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { elementwiseLoss } from "./elementwise_loss.ts";
import { lossFormula } from "./loss_formula.ts";
import type { LossRow } from "./loss_row.ts";

/** mean (p − t)² over the last axis. */
export const meanSquaredError: LossRow = elementwiseLoss({
  id: "mean_squared_error",
  aliases: ["mse"],
  formula: lossFormula("squared_error", square(sub(vector("p"), vector("t")))),
});
