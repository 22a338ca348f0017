import { defineRow } from "../tables/define_row.ts";
import type { DataFormat } from "./data_format.ts";
import type { LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { ZeroPadding } from "./zero_padding.ts";

/** Options of the layer that pads images. */
export interface ZeroPadding2dOptions extends LayerOptions {
  /** The width of the border: on all sides, [top and bottom, left and right], or [[top, bottom], [left, right]]. Default 1. */
  padding?: number | readonly [number | readonly [number, number], number | readonly [number, number]];
  /** `channels_last` for samples [height, width, channels], the default, or `channels_first`. */
  dataFormat?: DataFormat;
}

/**
 * Puts a border of zeros around an image: [batch, height, width, channels] → [batch, top + height + bottom, left + width + right, channels].
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const padded = layers.zeroPadding2d({ padding: [[1, 0], [2, 2]], inputShape: [28, 28, 3] }); // gives [29, 32, 3]
 * ```
 * @throws TypeError or RangeError if an option is none of these
 */
export function zeroPadding2d(options?: ZeroPadding2dOptions): ZeroPadding {
  return new ZeroPadding(2, options);
}

/** Its row of the table. */
export const zeroPadding2dRow: LayerRow = defineRow({ id: "zero_padding2d", create: zeroPadding2d });
