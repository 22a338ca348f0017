import { softmax as activation } from "../activations/softmax.ts";
import { defineRow } from "../tables/define_row.ts";
import { FixedActivation } from "./fixed_activation.ts";
import type { LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";

/**
 * Softmax over the last axis as a layer: y[j] = e^x[j] / Σ e^x[k].
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const probabilities = layers.softmax();
 * ```
 */
export function softmax(options?: LayerOptions): FixedActivation {
  return new FixedActivation("softmax", options, [], () => activation());
}

/** Its row of the table. */
export const softmaxRow: LayerRow = defineRow({ id: "softmax", create: softmax });
