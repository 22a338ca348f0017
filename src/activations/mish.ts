import { add, div, exp, min, mul, square } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { type NoOptions, plainActivation } from "./plain_activation.ts";

const x = vector("x");
/** Above 20 the tanh is 1 to the last bit of a float64, and e^x must not overflow. */
const near = min(x, 20);
const e = exp(near);
const n = mul(e, add(e, 2));
const t = div(n, add(n, 2));
const dt = div(mul(mul(4, e), add(e, 1)), square(add(n, 2)));

/**
 * y = x · tanh(softplus(x)).
 *
 * Source: Misra 2019, arXiv:1908.08681.
 */
export function mish(options?: NoOptions): Activation {
  return mishRow.create(options);
}

/**
 * With e = e^x and n = e(e + 2), tanh(softplus(x)) is n / (n + 2) and its derivative 4e(e + 1) / (n + 2)²: one exponential, and nothing
 * cancels.
 */
export const mishRow: ActivationRow<NoOptions> = plainActivation(
  formulaRow("mish", mul(x, t), { gradients: { x: add(t, mul(near, dt)) } }),
  {
    forward: { ulp: 3, of: "argument" },
    backward: { ulp: 3, of: "one" },
    reason: "e^x may be subnormal; the two terms of the derivative cancel near −1.2",
  },
);
