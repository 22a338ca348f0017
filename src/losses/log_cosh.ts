import { abs, add, expm1, log1p, mul, sub, tanh } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { elementwiseLoss } from "./elementwise_loss.ts";
import { lossFormula } from "./loss_formula.ts";
import type { LossRow } from "./loss_row.ts";

const d = sub(vector("p"), vector("t"));

/**
 * mean ln cosh(p − t) over the last axis, as |d| + ln(1 + (e^(−2|d|) − 1)/2), which is 0 at d = 0 and does not overflow.
 * Its derivative is tanh(p − t).
 */
export const logCosh: LossRow = elementwiseLoss({
  id: "log_cosh",
  aliases: ["logcosh"],
  formula: lossFormula("log_cosh", add(abs(d), log1p(mul(0.5, expm1(mul(-2, abs(d)))))), { gradient: tanh(d) }),
});
