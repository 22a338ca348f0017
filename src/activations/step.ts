import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { map } from "../tensor/symbolic.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { freezeActivation } from "./freeze_activation.ts";

/** Options of step. */
export interface StepOptions {
  /** What it is at 0, from 0 to 1. Default 0. */
  readonly valueAtZero?: number;
}

/**
 * Heaviside's step: y = 1 for x > 0, 0 for x < 0, and valueAtZero at 0. It has no slope, so optimizers with gradients refuse it:
 * `optimizers.geneticAlgorithm()`, `optimizers.cmaEs()` and their kin train it.
 */
export function step(options?: StepOptions): Activation {
  return stepRow.create(options);
}

/** Its row of the table. */
export const stepRow: ActivationRow<StepOptions> = defineRow({
  id: "step",
  options: ["valueAtZero"],
  formulas: [], // those of ops
  tolerance: { forward: { ulp: 1 }, backward: { ulp: 0 }, reason: "valueAtZero is rounded" },
  create(options?: StepOptions): Activation {
    const what = "create step activation";
    checkOptions(what, options, ["valueAtZero"]);
    const valueAtZero = checkNumber(what, "valueAtZero", options?.valueAtZero ?? 0, { min: 0, max: 1 });
    return freezeActivation({
      id: "step",
      config: { valueAtZero },
      apply(g, x) {
        const side = g.apply("map", [x], { formula: "sign", flat: "step" });
        const above = map(g, "at_least", [side], { limit: 0 });
        if (valueAtZero === 0) return above;
        // valueAtZero · (1 − side²) is 0 but at 0.
        const atZero = map(g, "affine", [map(g, "square", [side])], { scale: -valueAtZero, offset: valueAtZero });
        return map(g, "add", [above, atZero]);
      },
    });
  },
});
