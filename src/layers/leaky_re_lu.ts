import { leakyRelu } from "../activations/leaky_relu.ts";
import { defineRow } from "../tables/define_row.ts";
import { FixedActivation } from "./fixed_activation.ts";
import type { LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";

/** Options of the leaky ReLU layer. */
export interface LeakyReLULayerOptions extends LayerOptions {
  /** The slope below 0. Default 0.3 for the layer, as in Keras (the activation's is 0.2). */
  negativeSlope?: number;
}

/**
 * The leaky rectified linear unit as a layer: y = x where x > 0, else negativeSlope · x.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const leaky = layers.leakyReLU({ negativeSlope: 0.1 });
 * ```
 */
export function leakyReLU(options?: LeakyReLULayerOptions): FixedActivation {
  const create = (config: object) => leakyRelu({ negativeSlope: 0.3, ...config });
  return new FixedActivation("leaky_relu", options, ["negativeSlope"], create);
}

/** Its row of the table. */
export const leakyReLURow: LayerRow = defineRow({ id: "leaky_relu", create: leakyReLU });
