import { square, sub, tanh } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { type NoOptions, plainActivation } from "./plain_activation.ts";

const x = vector("x");

/** y = x − tanh x. */
export function tanhShrink(options?: NoOptions): Activation {
  return tanhShrinkRow.create(options);
}

/** dx = dy · tanh² x. */
export const tanhShrinkRow: ActivationRow<NoOptions> = plainActivation(
  formulaRow("tanh_shrink", sub(x, tanh(x)), { gradients: { x: square(tanh(x)) } }),
  {
    forward: { ulp: 3, of: "argument" },
    backward: { ulp: 7 },
    reason: "x − tanh x cancels for small |x|: measured against |x|",
  },
);
