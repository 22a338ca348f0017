import { abs, sub } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { elementwiseLoss } from "./elementwise_loss.ts";
import { lossFormula } from "./loss_formula.ts";
import type { LossRow } from "./loss_row.ts";

/** mean |p − t| over the last axis. Its derivative at p = t is 0. */
export const meanAbsoluteError: LossRow = elementwiseLoss({
  id: "mean_absolute_error",
  aliases: ["mae"],
  formula: lossFormula("absolute_error", abs(sub(vector("p"), vector("t")))),
});
