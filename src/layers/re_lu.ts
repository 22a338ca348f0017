import { relu, type ReluOptions } from "../activations/relu.ts";
import { FixedActivation } from "./fixed_activation.ts";
import type { LayerOptions } from "./layer.ts";

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
  return new FixedActivation("relu", options, relu.options, (config) => relu.create(config));
}
