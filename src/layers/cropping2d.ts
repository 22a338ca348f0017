import { defineRow } from "../tables/define_row.ts";
import { Cropping } from "./cropping.ts";
import type { DataFormat } from "./data_format.ts";
import type { LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";

/** Options of the layer that crops images. */
export interface Cropping2dOptions extends LayerOptions {
  /** How much is cut off: on all sides, [top and bottom, left and right], or [[top, bottom], [left, right]]. Default 0. */
  cropping?: number | readonly [number | readonly [number, number], number | readonly [number, number]];
  /** `channels_last` for samples [height, width, channels], the default, or `channels_first`. */
  dataFormat?: DataFormat;
}

/**
 * Cuts off the border of an image: [batch, height, width, channels] → [batch, height − top − bottom, width − left − right, channels].
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const inner = layers.cropping2d({ cropping: [[2, 2], [4, 0]], inputShape: [28, 28, 3] }); // gives [24, 24, 3]
 * ```
 * @throws TypeError or RangeError if an option is none of these; TypeError when the model is built if nothing is left
 */
export function cropping2d(options?: Cropping2dOptions): Cropping {
  return new Cropping(2, options);
}

/** Its row of the table. */
export const cropping2dRow: LayerRow = defineRow({ id: "cropping2d", create: cropping2d });
