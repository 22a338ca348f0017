import { greater, mul, select } from "../formula/build.ts";
import { scalar, vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { numberActivation } from "./number_activation.ts";

/** Options of leaky_relu. */
export interface LeakyReluOptions {
  /** The slope for x ≤ 0, ≥ 0. Defaults to 0.2 (Keras's layer of the same name has 0.3). */
  readonly negativeSlope?: number;
}

const x = vector("x");
const slope = scalar("negativeSlope");

/** y = x for x > 0, negativeSlope · x elsewhere; the slope is 0.2 unless given. */
export function leakyRelu(options?: LeakyReluOptions): Activation {
  return leakyReluRow.create(options);
}

/** Its derivative at 0 is negativeSlope, as PyTorch. */
export const leakyReluRow: ActivationRow<LeakyReluOptions> = numberActivation<LeakyReluOptions>(
  formulaRow("leaky_relu", select(greater(x, 0), x, mul(slope, x)), {
    // y > 0 exactly where x > 0, since the slope is not negative.
    gradients: { x: select(greater(vector("y"), 0), 1, slope) },
  }),
  { negativeSlope: { default: 0.2, min: 0 } },
  { forward: { ulp: 2 }, backward: { ulp: 1 }, reason: "the slope and the product are rounded" },
);
