import { equal, max, min, neg, select, sub } from "../formula/build.ts";
import { scalar, vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import type { ShrinkOptions } from "./hard_shrink.ts";
import { numberActivation } from "./number_activation.ts";

const x = vector("x");
const limit = scalar("threshold");

/** y = x moved towards 0 by threshold, 0 for |x| ≤ threshold; the threshold is 0.5 unless given. */
export function softShrink(options?: ShrinkOptions): Activation {
  return softShrinkRow.create(options);
}

/** y = x − min(max(x, −threshold), threshold). Its derivative is 1 where |x| > threshold (where y ≠ 0), else 0. */
export const softShrinkRow: ActivationRow<ShrinkOptions> = numberActivation<ShrinkOptions>(
  formulaRow("soft_shrink", sub(x, max(min(x, limit), neg(limit))), {
    gradients: { x: select(equal(vector("y"), 0), 0, 1) },
  }),
  { threshold: { default: 0.5, min: 0 } },
  { forward: { ulp: 1, of: "one" }, backward: { ulp: 0 }, reason: "one difference of rounded numbers" },
);
