import { greater, max, min, select } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { type NoOptions, plainActivation } from "./plain_activation.ts";

const y = vector("y");

/** y = min(max(x, 0), 6). */
export function relu6(options?: NoOptions): Activation {
  return relu6Row.create(options);
}

/** Its derivative is 1 where 0 < y < 6 and 0 elsewhere, the kinks included. */
export const relu6Row: ActivationRow<NoOptions> = plainActivation(
  formulaRow("relu6", min(max(vector("x"), 0), 6), {
    gradients: { x: select(greater(y, 0), select(greater(6, y), 1, 0), 0) },
  }),
  { forward: { ulp: 0 }, backward: { ulp: 0 }, reason: "comparisons are exact" },
);
