import { defineRow } from "../tables/define_row.ts";
import type { LayerRow } from "./layer_row.ts";
import { Pooling, type Pooling2dOptions } from "./pooling.ts";

/**
 * The largest element of windows of an image, channel by channel: y[o, p] = max x[o · strides[0] + i, p · strides[1] + j] over i < poolSize[0], j < poolSize[1].
 *
 * Shapes: [batch, height, width, channels] → [batch, rows, columns, channels] with ⌊(height − poolSize[0]) / strides[0]⌋ + 1 rows, or ⌈height / strides[0]⌉ with `padding: "same"`; columns likewise.
 * What lies outside never is the largest. Where several elements are, the gradient goes to the first, row by row; where one is NaN, the result is.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const half = layers.maxPooling2d({ poolSize: 2, inputShape: [28, 28, 16] }); // gives [14, 14, 16]
 * ```
 * @throws TypeError or RangeError if an option is none of these; TypeError when it is applied if a window is longer than the image
 */
export function maxPooling2d(options?: Pooling2dOptions): Pooling {
  return new Pooling("max", 2, options);
}

/** Its row of the table. */
export const maxPooling2dRow: LayerRow = defineRow({ id: "max_pooling2d", create: maxPooling2d });
