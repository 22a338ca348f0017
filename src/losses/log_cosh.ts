import { abs, add, expm1, log1p, mul, sub, tanh } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { elementwiseLoss } from "./elementwise_loss.ts";
import type { Loss } from "./loss.ts";
import { lossFormula } from "./loss_formula.ts";
import type { LossOptions, LossRow } from "./loss_row.ts";

const d = sub(vector("p"), vector("t"));

/**
 * mean ln cosh(p − t) over the last axis: about d²/2 for small d = p − t and |d| − ln 2 for large. Its derivative is tanh(d)/n.
 */
export function logCosh(options?: LossOptions): Loss {
  return logCoshRow.create(options);
}

/** As |d| + ln(1 + (e^(−2|d|) − 1)/2), which is 0 at d = 0 and does not overflow. */
export const logCoshRow: LossRow = elementwiseLoss({
  id: "log_cosh",
  aliases: ["logcosh"],
  formula: lossFormula("log_cosh", add(abs(d), log1p(mul(0.5, expm1(mul(-2, abs(d)))))), { gradient: tanh(d) }),
});
