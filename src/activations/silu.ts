import { mul, sigmoid } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import type { ActivationRow } from "./activation_row.ts";
import { type NoOptions, plainActivation } from "./plain_activation.ts";

const x = vector("x");

/** y = x · sigmoid(x), also called swish; dx = dy · (s + x · s(1 − s)) with s = sigmoid(x). */
export const silu: ActivationRow<NoOptions> = plainActivation(
  formulaRow("silu", mul(x, sigmoid(x))),
  {
    forward: { ulp: 4 },
    backward: { ulp: 4, of: "one" },
    reason: "the kernel's 2.5 ulp and the product; the two terms of the derivative cancel",
  },
  ["swish"],
);
