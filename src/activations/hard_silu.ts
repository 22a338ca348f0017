import { add, greater, greaterEqual, max, min, mul, select } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { type NoOptions, plainActivation } from "./plain_activation.ts";

const x = vector("x");
const inside = add(mul(1 / 3, x), 0.5);

/** y = x · min(max(x/6 + ½, 0), 1). */
export function hardSilu(options?: NoOptions): Activation {
  return hardSiluRow.create(options);
}

/**
 * Its derivative is 0 for x ≤ −3, x/3 + ½ for −3 < x < 3 and 1 for x ≥ 3: at the kinks as for x · relu6(x + 3)/6, the definition of
 * Keras.
 */
export const hardSiluRow: ActivationRow<NoOptions> = plainActivation(
  formulaRow("hard_silu", mul(x, min(max(add(mul(1 / 6, x), 0.5), 0), 1)), {
    gradients: { x: select(greaterEqual(x, 3), 1, select(greater(x, -3), inside, 0)) },
  }),
  {
    forward: { ulp: 2, of: "argument" },
    backward: { ulp: 2, of: "one" },
    reason: "two products and a sum that cancels near −3 and −1.5",
  },
  ["hard_swish"],
);
