import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { rowActivation, type SoftmaxOptions } from "./row_activation.ts";

/** y_i = x_i − ln Σ_j e^x_j over the last axis. */
export function logSoftmax(options?: SoftmaxOptions): Activation {
  return logSoftmaxRow.create(options);
}

/** It is the op of that name. */
export const logSoftmaxRow: ActivationRow<SoftmaxOptions> = rowActivation("log_softmax", {
  forward: { ulp: 0 },
  backward: { ulp: 0 },
  reason: "stated with the op",
});
