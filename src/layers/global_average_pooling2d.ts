import { defineRow } from "../tables/define_row.ts";
import { GlobalPooling, type GlobalPoolingOptions } from "./global_pooling.ts";
import type { LayerRow } from "./layer_row.ts";

/**
 * The mean of all pixels, channel by channel: [batch, height, width, channels] → [batch, channels], or [batch, 1, 1, channels] with `keepdims`.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const vector = layers.globalAveragePooling2d({ inputShape: [7, 7, 16] }); // gives [16]
 * ```
 * @throws TypeError or RangeError if an option is none of these
 */
export function globalAveragePooling2d(options?: GlobalPoolingOptions): GlobalPooling {
  return new GlobalPooling("average", 2, options);
}

/** Its row of the table. */
export const globalAveragePooling2dRow: LayerRow = defineRow({
  id: "global_average_pooling2d",
  create: globalAveragePooling2d,
});
