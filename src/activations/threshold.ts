import { greater, greaterEqual, select } from "../formula/build.ts";
import { scalar, vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { numberActivation } from "./number_activation.ts";

/** Options of threshold. Both must be given. */
export interface ThresholdOptions {
  /** Values above it pass. */
  readonly threshold: number;
  /** What the others become. */
  readonly defaultValue: number;
}

const x = vector("x");
const limit = scalar("threshold");

/**
 * y = x for x > threshold, defaultValue elsewhere. Both must be given: `activations.threshold({ threshold: 0.5, defaultValue: 0 })`.
 */
export function threshold(options: ThresholdOptions): Activation {
  return thresholdRow.create(options);
}

/** NaN stays. Its derivative is 1 where x > threshold, else 0. */
export const thresholdRow: ActivationRow<Partial<ThresholdOptions>> = numberActivation<Partial<ThresholdOptions>>(
  formulaRow("threshold", select(greaterEqual(limit, x), scalar("defaultValue"), x), {
    gradients: { x: select(greater(x, limit), 1, 0) },
  }),
  { threshold: {}, defaultValue: {} },
  { forward: { ulp: 1 }, backward: { ulp: 0 }, reason: "the default value is rounded" },
);
