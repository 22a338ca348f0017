import { add, expm1, greater, mul, select } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { type NoOptions, plainActivation } from "./plain_activation.ts";

const SCALE = 1.0507009873554804934193349852946;
const ALPHA = 1.6732632423543772848170429916717;

const x = vector("x");
const y = vector("y");

/**
 * y = s·x for x > 0, s·α·(e^x − 1) elsewhere, with the constants of self-normalising networks: s ≈ 1.0507, α ≈ 1.6733. Goes with
 * `"lecun_normal"`.
 *
 * Source: Klambauer et al. 2017, arXiv:1706.02515.
 */
export function selu(options?: NoOptions): Activation {
  return seluRow.create(options);
}

/** Its derivative for x ≤ 0, 0 included, is y + s·α. */
export const seluRow: ActivationRow<NoOptions> = plainActivation(
  formulaRow("selu", select(greater(x, 0), mul(SCALE, x), mul(SCALE * ALPHA, expm1(x))), {
    gradients: { x: select(greater(y, 0), SCALE, add(y, SCALE * ALPHA)) },
  }),
  {
    forward: { ulp: 4 },
    backward: { ulp: 4, of: "one" },
    reason: "the kernel's 2.5 ulp and the product; y + sα cancels for large −x",
  },
);
