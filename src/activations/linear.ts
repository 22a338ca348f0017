import { defineRow } from "../tables/define_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { freezeActivation } from "./freeze_activation.ts";
import { checkOptions } from "../errors/check_options.ts";
import type { NoOptions } from "./plain_activation.ts";

/** y = x. */
export function linear(options?: NoOptions): Activation {
  return linearRow.create(options);
}

/** It adds nothing to the graph. */
export const linearRow: ActivationRow<NoOptions> = defineRow({
  id: "linear",
  options: [],
  formulas: [],
  tolerance: { forward: { ulp: 0 }, backward: { ulp: 0 }, reason: "nothing is computed" },
  create(options?: NoOptions): Activation {
    checkOptions("create linear activation", options, []);
    return freezeActivation({ id: "linear", config: {}, apply: (_, x) => x });
  },
});
