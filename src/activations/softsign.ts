import { abs, add, div, square, sub } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { type NoOptions, plainActivation } from "./plain_activation.ts";

const x = vector("x");

/** y = x / (1 + |x|). */
export function softsign(options?: NoOptions): Activation {
  return softsignRow.create(options);
}

/** dx = dy · (1 − |y|)², so x need not be kept. */
export const softsignRow: ActivationRow<NoOptions> = plainActivation(
  formulaRow("softsign", div(x, add(1, abs(x))), { gradients: { x: square(sub(1, abs(vector("y")))) } }),
  {
    forward: { ulp: 2 },
    backward: { ulp: 3, of: "one" },
    reason: "a sum and a quotient; 1 − |y| cancels for large |x|",
  },
);
