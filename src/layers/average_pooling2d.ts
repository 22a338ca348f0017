import { defineRow } from "../tables/define_row.ts";
import type { LayerRow } from "./layer_row.ts";
import { Pooling, type Pooling2dOptions } from "./pooling.ts";

/**
 * The mean of windows of an image, channel by channel: y[o, p] = mean of x[o · strides[0] + i, p · strides[1] + j] over i < poolSize[0], j < poolSize[1].
 *
 * Shapes: [batch, height, width, channels] → [batch, rows, columns, channels] with ⌊(height − poolSize[0]) / strides[0]⌋ + 1 rows, or ⌈height / strides[0]⌉ with `padding: "same"`; columns likewise.
 * With `padding: "same"` a mean is that of the elements inside.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const half = layers.averagePooling2d({ poolSize: 2, inputShape: [28, 28, 16] }); // gives [14, 14, 16]
 * ```
 * @throws TypeError or RangeError if an option is none of these; TypeError when it is applied if a window is longer than the image
 */
export function averagePooling2d(options?: Pooling2dOptions): Pooling {
  return new Pooling("average", 2, options);
}

/** Its row of the table. */
export const averagePooling2dRow: LayerRow = defineRow({ id: "average_pooling2d", create: averagePooling2d });
