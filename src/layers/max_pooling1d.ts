import { defineRow } from "../tables/define_row.ts";
import type { LayerRow } from "./layer_row.ts";
import { Pooling, type Pooling1dOptions } from "./pooling.ts";

/**
 * The largest element of windows of a sequence, channel by channel: y[o] = max x[o · strides + i] over i < poolSize.
 *
 * Shapes: [batch, steps, features] → [batch, ⌊(steps − poolSize) / strides⌋ + 1, features], or ⌈steps / strides⌉ steps with `padding: "same"`.
 * What lies outside never is the largest. Where several elements are, the gradient goes to the first; where one is NaN, the result is.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const half = layers.maxPooling1d({ poolSize: 2, inputShape: [10, 4] }); // gives [5, 4]
 * ```
 * @throws TypeError or RangeError if an option is none of these; TypeError when it is applied if a window is longer than the sequence
 */
export function maxPooling1d(options?: Pooling1dOptions): Pooling {
  return new Pooling("max", 1, options);
}

/** Its row of the table. */
export const maxPooling1dRow: LayerRow = defineRow({ id: "max_pooling1d", create: maxPooling1d });
