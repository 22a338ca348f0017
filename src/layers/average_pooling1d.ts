import { defineRow } from "../tables/define_row.ts";
import type { LayerRow } from "./layer_row.ts";
import { Pooling, type Pooling1dOptions } from "./pooling.ts";

/**
 * The mean of windows of a sequence, channel by channel: y[o] = mean of x[o · strides + i] over i < poolSize.
 *
 * Shapes: [batch, steps, features] → [batch, ⌊(steps − poolSize) / strides⌋ + 1, features], or ⌈steps / strides⌉ steps with `padding: "same"`.
 * With `padding: "same"` a mean is that of the elements inside.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const half = layers.averagePooling1d({ poolSize: 2, inputShape: [10, 4] }); // gives [5, 4]
 * ```
 * @throws TypeError or RangeError if an option is none of these; TypeError when it is applied if a window is longer than the sequence
 */
export function averagePooling1d(options?: Pooling1dOptions): Pooling {
  return new Pooling("average", 1, options);
}

/** Its row of the table. */
export const averagePooling1dRow: LayerRow = defineRow({ id: "average_pooling1d", create: averagePooling1d });
