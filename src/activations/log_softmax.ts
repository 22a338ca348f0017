import type { ActivationRow } from "./activation_row.ts";
import { rowActivation, type SoftmaxOptions } from "./row_activation.ts";

/** y_i = x_i − m − ln Σ_j e^(x_j − m), m = max x, over the last axis. It is the op of that name. */
export const logSoftmax: ActivationRow<SoftmaxOptions> = rowActivation("log_softmax", {
  forward: { ulp: 0 },
  backward: { ulp: 0 },
  reason: "stated with the op",
});
