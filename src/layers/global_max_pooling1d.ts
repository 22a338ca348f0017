import { defineRow } from "../tables/define_row.ts";
import { GlobalPooling, type GlobalPoolingOptions } from "./global_pooling.ts";
import type { LayerRow } from "./layer_row.ts";

/**
 * The largest element of all steps, channel by channel: [batch, steps, features] → [batch, features], or [batch, 1, features] with `keepdims`.
 *
 * Where several are largest, the gradient goes to the first. A mask does not count here and ends.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const vector = layers.globalMaxPooling1d({ inputShape: [10, 4] }); // gives [4]
 * ```
 * @throws TypeError or RangeError if an option is none of these
 */
export function globalMaxPooling1d(options?: GlobalPoolingOptions): GlobalPooling {
  return new GlobalPooling("max", 1, options);
}

/** Its row of the table. */
export const globalMaxPooling1dRow: LayerRow = defineRow({ id: "global_max_pooling1d", create: globalMaxPooling1d });
