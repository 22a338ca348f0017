import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { freezeActivation } from "./freeze_activation.ts";
import type { NoOptions } from "./plain_activation.ts";

/**
 * y = 1 for x > 0, −1 for x < 0, and 0 at 0. It has no slope, so optimizers with gradients refuse it: `optimizers.geneticAlgorithm()`,
 * `optimizers.cmaEs()` and their kin train it.
 */
export function sign(options?: NoOptions): Activation {
  return signRow.create(options);
}

/** Its row of the table. */
export const signRow: ActivationRow<NoOptions> = defineRow({
  id: "sign",
  options: [],
  formulas: [], // that of the op
  tolerance: { forward: { ulp: 0 }, backward: { ulp: 0 }, reason: "comparisons are exact" },
  create(options?: NoOptions): Activation {
    checkOptions("create sign activation", options, []);
    return freezeActivation({
      id: "sign",
      config: {},
      apply: (g, x) => g.apply("map", [x], { formula: "sign", flat: "sign" }),
    });
  },
});
