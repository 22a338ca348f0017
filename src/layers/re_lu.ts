import { relu, type ReluOptions, reluRow } from "../activations/relu.ts";
import { defineRow } from "../tables/define_row.ts";
import { FixedActivation } from "./fixed_activation.ts";
import type { LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";

/** Options of the ReLU layer. */
export interface ReLULayerOptions extends LayerOptions, ReluOptions {}

/**
 * The rectified linear unit as a layer: y = max(x, 0), with `maxValue`, `negativeSlope` and `threshold` as in Keras.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const capped = layers.reLU({ maxValue: 6 });
 * ```
 */
export function reLU(options?: ReLULayerOptions): FixedActivation {
  return new FixedActivation("relu", options, reluRow.options, relu);
}

/** Its row of the table. */
export const reLURow: LayerRow = defineRow({ id: "relu", create: reLU });
