import { add, div, expm1, greater, mul, select } from "../formula/build.ts";
import { scalar, vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { numberActivation } from "./number_activation.ts";

/** Options of celu. */
export interface CeluOptions {
  /** −alpha is the limit for x → −∞; > 0. Defaults to 1. */
  readonly alpha?: number;
}

const x = vector("x");
const y = vector("y");
const alpha = scalar("alpha");

/**
 * y = x for x > 0, alpha · (e^(x/alpha) − 1) elsewhere; alpha is 1 unless given.
 *
 * Source: Barron 2017, arXiv:1704.07483.
 */
export function celu(options?: CeluOptions): Activation {
  return celuRow.create(options);
}

/** Its derivative below 0 is y/alpha + 1; it is smooth at 0. */
export const celuRow: ActivationRow<CeluOptions> = numberActivation<CeluOptions>(
  formulaRow("celu", select(greater(x, 0), x, mul(alpha, expm1(div(x, alpha)))), {
    gradients: { x: select(greater(y, 0), 1, add(div(y, alpha), 1)) },
  }),
  { alpha: { default: 1, minExclusive: 0 } },
  {
    forward: { ulp: 5 },
    backward: { ulp: 5, of: "one" },
    reason: "the kernel's 2.5 ulp, quotient and product; y/alpha + 1 cancels",
  },
);
