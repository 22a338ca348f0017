import * as f from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { type NoOptions, plainActivation } from "./plain_activation.ts";

/** y = ln(1 + e^x): a smooth relu. Exact for large |x|, too. */
export function softplus(options?: NoOptions): Activation {
  return softplusRow.create(options);
}

/** dx = dy · sigmoid(x). */
export const softplusRow: ActivationRow<NoOptions> = plainActivation(
  formulaRow("softplus", f.softplus(vector("x"))),
  { forward: { ulp: 3 }, backward: { ulp: 4 }, reason: "the kernels' 2.5 ulp and one product" },
);
