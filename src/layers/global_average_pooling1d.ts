import { defineRow } from "../tables/define_row.ts";
import { GlobalPooling, type GlobalPoolingOptions } from "./global_pooling.ts";
import type { LayerRow } from "./layer_row.ts";

/**
 * The mean of all steps, channel by channel: [batch, steps, features] → [batch, features], or [batch, 1, features] with `keepdims`.
 *
 * With a mask [batch, steps] it is the mean of the steps that count: Σ mask · x / Σ mask, and 0 where none does (Keras divides by 0). The mask ends
 * here.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const vector = layers.globalAveragePooling1d({ inputShape: [10, 4] }); // gives [4]
 * ```
 * @throws TypeError or RangeError if an option is none of these
 */
export function globalAveragePooling1d(options?: GlobalPoolingOptions): GlobalPooling {
  return new GlobalPooling("average", 1, options);
}

/** Its row of the table. */
export const globalAveragePooling1dRow: LayerRow = defineRow({
  id: "global_average_pooling1d",
  create: globalAveragePooling1d,
});
