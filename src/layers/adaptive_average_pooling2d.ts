import { defineRow } from "../tables/define_row.ts";
import { AdaptivePooling, type AdaptivePooling2dOptions } from "./adaptive_pooling.ts";
import type { LayerRow } from "./layer_row.ts";

/**
 * The mean of so many windows that share an image, channel by channel: window o of an axis goes from ⌊o · length / outputSize⌋ to ⌈(o + 1) · length / outputSize⌉.
 *
 * Shapes: [batch, height, width, channels] → [batch, outputSize[0], outputSize[1], channels].
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const pooled = layers.adaptiveAveragePooling2d({ outputSize: [3, 2], inputShape: [7, 7, 16] }); // gives [3, 2, 16]
 * ```
 * @throws TypeError or RangeError if an option is none of these
 *
 * Source: the windows are PyTorch's.
 */
export function adaptiveAveragePooling2d(options: AdaptivePooling2dOptions): AdaptivePooling {
  return new AdaptivePooling("average", 2, options);
}

/** Its row of the table. */
export const adaptiveAveragePooling2dRow: LayerRow = defineRow({
  id: "adaptive_average_pooling2d",
  create: adaptiveAveragePooling2d,
});
