import { neg, softplus } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { type NoOptions, plainActivation } from "./plain_activation.ts";

/** y = ln sigmoid(x). */
export function logSigmoid(options?: NoOptions): Activation {
  return logSigmoidRow.create(options);
}

/** y = −softplus(−x); dx = dy · sigmoid(−x). */
export const logSigmoidRow: ActivationRow<NoOptions> = plainActivation(
  formulaRow("log_sigmoid", neg(softplus(neg(vector("x"))))),
  { forward: { ulp: 3 }, backward: { ulp: 4 }, reason: "the kernels' 2.5 ulp and one product" },
);
