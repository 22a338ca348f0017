import type { ActivationRow } from "./activation_row.ts";
import { rowActivation, type SoftmaxOptions } from "./row_activation.ts";

/** y_i = e^(x_i − m) / Σ_j e^(x_j − m), m = max x, over the last axis. It is the op of that name. */
export const softmax: ActivationRow<SoftmaxOptions> = rowActivation("softmax", {
  forward: { ulp: 0 },
  backward: { ulp: 0 },
  reason: "stated with the op",
});
