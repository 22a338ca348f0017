import { abs, greater, max, min, select } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { type NoOptions, plainActivation } from "./plain_activation.ts";

/** y = min(max(x, −1), 1). */
export function hardTanh(options?: NoOptions): Activation {
  return hardTanhRow.create(options);
}

/** Its derivative is 1 where |y| < 1 and 0 elsewhere, the kinks included. */
export const hardTanhRow: ActivationRow<NoOptions> = plainActivation(
  formulaRow("hard_tanh", min(max(vector("x"), -1), 1), {
    gradients: { x: select(greater(1, abs(vector("y"))), 1, 0) },
  }),
  { forward: { ulp: 0 }, backward: { ulp: 0 }, reason: "comparisons are exact" },
);
