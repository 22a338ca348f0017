import { mul, sigmoid } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { type NoOptions, plainActivation } from "./plain_activation.ts";

const x = vector("x");

/**
 * y = x · sigmoid(x), also known as swish.
 *
 * Source: Elfwing et al. 2017, arXiv:1702.03118; Ramachandran et al. 2017, arXiv:1710.05941.
 */
export function silu(options?: NoOptions): Activation {
  return siluRow.create(options);
}

/** dx = dy · (s + x · s(1 − s)) with s = sigmoid(x). */
export const siluRow: ActivationRow<NoOptions> = plainActivation(
  formulaRow("silu", mul(x, sigmoid(x))),
  {
    forward: { ulp: 3, of: "argument" },
    backward: { ulp: 12, of: "one" },
    reason: "sigmoid may be subnormal; x · (1 − s) has an error of |x| · 2^−24 until s is 1, at 17",
  },
  ["swish"],
);
