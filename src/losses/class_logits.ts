import { log, max } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { type FormulaRow, formulaRow } from "../formula/formula_row.ts";
import { type Builder, map, type Symbolic } from "../tensor/symbolic.ts";
import { EPSILON } from "./clip.ts";
import { findLogits } from "./find_logits.ts";

/** ln max(x, 1e-7); its derivative is 0 below. */
export const logProbability: FormulaRow = formulaRow("log_probability", log(max(vector("x"), EPSILON)));

/**
 * Logits of the predicted classes: `yPred` itself if it is logits, what went into its softmax if it comes from one, else
 * ln max(p, 1e-7). The softmax of the latter is p divided by its row's sum, as Keras has it for crossentropies.
 */
export function classLogits(g: Builder, yPred: Symbolic, fromLogits: boolean): Symbolic {
  return fromLogits ? yPred : findLogits(g, yPred, "softmax") ?? map(g, "log_probability", [yPred]);
}
