import { defineRow } from "../tables/define_row.ts";
import { AdaptivePooling, type AdaptivePooling1dOptions } from "./adaptive_pooling.ts";
import type { LayerRow } from "./layer_row.ts";

/**
 * The largest element of so many windows that share a sequence, channel by channel: window o goes from step ⌊o · steps / outputSize⌋ to ⌈(o + 1) · steps / outputSize⌉.
 *
 * Shapes: [batch, steps, features] → [batch, outputSize, features].
 *
 * Where several are largest, the gradient goes to the first.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const pooled = layers.adaptiveMaxPooling1d({ outputSize: 3, inputShape: [10, 4] }); // gives [3, 4]
 * ```
 * @throws TypeError or RangeError if an option is none of these
 *
 * Source: the windows are PyTorch's.
 */
export function adaptiveMaxPooling1d(options: AdaptivePooling1dOptions): AdaptivePooling {
  return new AdaptivePooling("max", 1, options);
}

/** Its row of the table. */
export const adaptiveMaxPooling1dRow: LayerRow = defineRow({
  id: "adaptive_max_pooling1d",
  create: adaptiveMaxPooling1d,
});
