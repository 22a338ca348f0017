import { abs, greater, greaterEqual, select } from "../formula/build.ts";
import { scalar, vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { numberActivation } from "./number_activation.ts";

/** Options of hard_shrink and soft_shrink. */
export interface ShrinkOptions {
  /** Half the width of the interval around 0 that becomes 0; ≥ 0. Defaults to 0.5. */
  readonly threshold?: number;
}

const x = vector("x");
const limit = scalar("threshold");

/** y = x for |x| > threshold, 0 elsewhere; the threshold is 0.5 unless given. */
export function hardShrink(options?: ShrinkOptions): Activation {
  return hardShrinkRow.create(options);
}

/** NaN stays. Its derivative is 1 where |x| > threshold, else 0. */
export const hardShrinkRow: ActivationRow<ShrinkOptions> = numberActivation<ShrinkOptions>(
  formulaRow("hard_shrink", select(greaterEqual(limit, abs(x)), 0, x), {
    gradients: { x: select(greater(abs(vector("y")), limit), 1, 0) },
  }),
  { threshold: { default: 0.5, min: 0 } },
  { forward: { ulp: 0 }, backward: { ulp: 0 }, reason: "comparisons are exact" },
);
