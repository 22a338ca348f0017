import { add, expm1, greater, mul, select } from "../formula/build.ts";
import { scalar, vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { numberActivation } from "./number_activation.ts";

/** Options of elu. */
export interface EluOptions {
  /** −alpha is the limit for x → −∞; ≥ 0. Defaults to 1. */
  readonly alpha?: number;
}

const x = vector("x");
const y = vector("y");
const alpha = scalar("alpha");

/**
 * y = x for x > 0, alpha · (e^x − 1) elsewhere; alpha is 1 unless given.
 *
 * Source: Clevert et al. 2015, arXiv:1511.07289.
 */
export function elu(options?: EluOptions): Activation {
  return eluRow.create(options);
}

/** Its derivative below 0 is y + alpha; at 0 it is alpha, as PyTorch. */
export const eluRow: ActivationRow<EluOptions> = numberActivation<EluOptions>(
  formulaRow("elu", select(greater(x, 0), x, mul(alpha, expm1(x))), {
    gradients: { x: select(greater(y, 0), 1, add(y, alpha)) },
  }),
  { alpha: { default: 1, min: 0 } },
  {
    forward: { ulp: 4 },
    backward: { ulp: 4, of: "one" },
    reason: "the kernel's 2.5 ulp and the product; y + alpha cancels for large −x",
  },
);
