import { softmax as activation } from "../activations/softmax.ts";
import { defineRow } from "../tables/define_row.ts";
import { FixedActivation } from "./fixed_activation.ts";
import type { LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";

/** Options of the softmax layer. */
export interface SoftmaxLayerOptions extends LayerOptions {
  /** The axis that is normalised, negative ones counted from the end, 0 being the batch. Default −1. */
  axis?: number;
}

/**
 * Softmax over an axis as a layer, the last one unless given: y[j] = e^x[j] / Σ e^x[k].
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const probabilities = layers.softmax();
 * ```
 */
export function softmax(options?: SoftmaxLayerOptions): FixedActivation {
  return new FixedActivation("softmax", options, ["axis"], activation);
}

/** Its row of the table. */
export const softmaxRow: LayerRow = defineRow({ id: "softmax", create: softmax });
