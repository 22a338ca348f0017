import { formulaRow } from "../formula/formula_row.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { freezeActivation } from "./freeze_activation.ts";
import { checkBoolean } from "../errors/check_boolean.ts";
import { checkOptions } from "../errors/check_options.ts";
import { add, erf, max, min, mul, sigmoid, square, sub } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { map } from "../tensor/symbolic.ts";

/** Options of gelu. */
export interface GeluOptions {
  /** True for the tanh approximation. Defaults to false: the error function. */
  readonly approximate?: boolean;
}

const CUBIC = 0.044715;
/** 2·√(2/π): ½(1 + tanh u) is sigmoid(2u), which does not cancel. */
const RATE = 1.5957691216057308;

const x = vector("x");
const exact = formulaRow("gelu", mul(mul(0.5, x), add(1, erf(mul(Math.SQRT1_2, x)))));

const s = sigmoid(mul(mul(RATE, x), add(1, mul(CUBIC, square(x)))));
/** Beyond ±40 s(1 − s) is 0, and x³ must not become infinite beside it. */
const near = max(min(x, 40), -40);
const slope = mul(mul(RATE, near), add(1, mul(3 * CUBIC, square(near))));
const approximated = formulaRow("gelu_tanh", mul(x, s), {
  gradients: { x: add(s, mul(mul(s, sub(1, s)), slope)) },
});

/**
 * y = x · Φ(x), Φ the normal distribution; with `approximate` (default false) ½x · (1 + tanh(√(2/π) · (x + 0.044715x³))).
 *
 * Source: Hendrycks and Gimpel 2016, arXiv:1606.08415.
 */
export function gelu(options?: GeluOptions): Activation {
  return geluRow.create(options);
}

/** Its row of the table. */
export const geluRow: ActivationRow<GeluOptions> = defineRow({
  id: "gelu",
  options: ["approximate"],
  formulas: [exact, approximated],
  tolerance: {
    forward: { ulp: 3, of: "argument" },
    backward: { ulp: 30, of: "one" },
    reason:
      "1 + erf cancels for x < 0; the approximation's 1 − s has an error of 2^−24 times its slope until s is 1, at 5",
  },
  create(options: GeluOptions = {}): Activation {
    checkOptions("create gelu activation", options, geluRow.options);
    const approximate = checkBoolean("create gelu activation", "approximate", options.approximate ?? false);
    const name = approximate ? "gelu_tanh" : "gelu";
    return freezeActivation({ id: "gelu", config: { approximate }, apply: (g, x) => map(g, name, [x]) });
  },
});
