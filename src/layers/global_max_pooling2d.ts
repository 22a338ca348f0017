import { defineRow } from "../tables/define_row.ts";
import { GlobalPooling, type GlobalPoolingOptions } from "./global_pooling.ts";
import type { LayerRow } from "./layer_row.ts";

/**
 * The largest element of all pixels, channel by channel: [batch, height, width, channels] → [batch, channels], or [batch, 1, 1, channels] with `keepdims`.
 *
 * Where several are largest, the gradient goes to the first, row by row.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const vector = layers.globalMaxPooling2d({ inputShape: [7, 7, 16] }); // gives [16]
 * ```
 * @throws TypeError or RangeError if an option is none of these
 */
export function globalMaxPooling2d(options?: GlobalPoolingOptions): GlobalPooling {
  return new GlobalPooling("max", 2, options);
}

/** Its row of the table. */
export const globalMaxPooling2dRow: LayerRow = defineRow({ id: "global_max_pooling2d", create: globalMaxPooling2d });
