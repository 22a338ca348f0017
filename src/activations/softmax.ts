import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { rowActivation, type SoftmaxOptions } from "./row_activation.ts";

/** y_i = e^x_i / Σ_j e^x_j over the last axis. */
export function softmax(options?: SoftmaxOptions): Activation {
  return softmaxRow.create(options);
}

/** It is the op of that name. */
export const softmaxRow: ActivationRow<SoftmaxOptions> = rowActivation("softmax", {
  forward: { ulp: 0 },
  backward: { ulp: 0 },
  reason: "stated with the op",
});
