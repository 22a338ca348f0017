import * as f from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { type NoOptions, plainActivation } from "./plain_activation.ts";

/** y = 1 / (1 + e^−x). */
export function sigmoid(options?: NoOptions): Activation {
  return sigmoidRow.create(options);
}

/** dx = dy · y(1 − y), so x need not be kept. */
export const sigmoidRow: ActivationRow<NoOptions> = plainActivation(
  formulaRow("sigmoid", f.sigmoid(vector("x"))),
  {
    forward: { ulp: 3 },
    backward: { ulp: 2, of: "one" },
    reason: "the kernel's 2.5 ulp; 1 − y cancels where y is near 1",
  },
);
