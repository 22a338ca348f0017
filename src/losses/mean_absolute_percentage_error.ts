import { abs, div, max, sub } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { EPSILON } from "./clip.ts";
import { elementwiseLoss } from "./elementwise_loss.ts";
import type { Loss } from "./loss.ts";
import { lossFormula } from "./loss_formula.ts";
import type { LossOptions, LossRow } from "./loss_row.ts";

const t = vector("t");

/** 100 · mean |p − t| / max(|t|, 1e-7) over the last axis: in per cent of the labels, which should not be 0. */
export function meanAbsolutePercentageError(options?: LossOptions): Loss {
  return meanAbsolutePercentageErrorRow.create(options);
}

/** Its derivative at p = t is 0. */
export const meanAbsolutePercentageErrorRow: LossRow = elementwiseLoss({
  id: "mean_absolute_percentage_error",
  aliases: ["mape"],
  formula: lossFormula("absolute_relative_error", div(abs(sub(vector("p"), t)), max(abs(t), EPSILON))),
  scale: (width) => 100 / width,
});
