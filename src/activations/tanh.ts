import * as f from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { type NoOptions, plainActivation } from "./plain_activation.ts";

/** y = tanh x. */
export function tanh(options?: NoOptions): Activation {
  return tanhRow.create(options);
}

/** dx = dy · (1 − y²), so x need not be kept. */
export const tanhRow: ActivationRow<NoOptions> = plainActivation(
  formulaRow("tanh", f.tanh(vector("x"))),
  {
    forward: { ulp: 3 },
    backward: { ulp: 4, of: "one" },
    reason: "the kernel's 2.5 ulp; 1 − y² doubles it and cancels where |y| is near 1",
  },
);
