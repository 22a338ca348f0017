import { add, greater, max, min, mul, select } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { type NoOptions, plainActivation } from "./plain_activation.ts";

const SIXTH = 1 / 6;
const y = vector("y");

/** y = min(max(x/6 + ½, 0), 1). */
export function hardSigmoid(options?: NoOptions): Activation {
  return hardSigmoidRow.create(options);
}

/** Its derivative is 1/6 where 0 < y < 1 and 0 elsewhere, the kinks included. */
export const hardSigmoidRow: ActivationRow<NoOptions> = plainActivation(
  formulaRow("hard_sigmoid", min(max(add(mul(SIXTH, vector("x")), 0.5), 0), 1), {
    gradients: { x: select(greater(y, 0), select(greater(1, y), SIXTH, 0), 0) },
  }),
  { forward: { ulp: 1, of: "one" }, backward: { ulp: 1 }, reason: "a product and a sum that cancels near −3" },
);
