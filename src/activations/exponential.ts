import { exp } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { type NoOptions, plainActivation } from "./plain_activation.ts";

/** y = e^x. */
export function exponential(options?: NoOptions): Activation {
  return exponentialRow.create(options);
}

/** dx = dy · y, so x need not be kept. Infinity above 88.7, where a float32 ends. */
export const exponentialRow: ActivationRow<NoOptions> = plainActivation(
  formulaRow("exponential", exp(vector("x"))),
  { forward: { ulp: 3 }, backward: { ulp: 4 }, reason: "the kernel's 2.5 ulp and one product" },
);
