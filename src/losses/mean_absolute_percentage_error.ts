import { abs, div, max, sub } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { EPSILON } from "./clip.ts";
import { elementwiseLoss } from "./elementwise_loss.ts";
import { lossFormula } from "./loss_formula.ts";
import type { LossRow } from "./loss_row.ts";

const t = vector("t");

/** 100 · mean |p − t| / max(|t|, 1e-7) over the last axis. Its derivative at p = t is 0. */
export const meanAbsolutePercentageError: LossRow = elementwiseLoss({
  id: "mean_absolute_percentage_error",
  aliases: ["mape"],
  formula: lossFormula("absolute_relative_error", div(abs(sub(vector("p"), t)), max(abs(t), EPSILON))),
  scale: (width) => 100 / width,
});
