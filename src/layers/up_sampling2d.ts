import { defineRow } from "../tables/define_row.ts";
import type { DataFormat } from "./data_format.ts";
import type { LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { UpSampling } from "./up_sampling.ts";

/** Options of the layer that repeats pixels. */
export interface UpSampling2dOptions extends LayerOptions {
  /** How often each row and each column is repeated: one number for both, or [rows, columns]. Default 2. */
  size?: number | readonly [number, number];
  /** `channels_last` for samples [height, width, channels], the default, or `channels_first`. */
  dataFormat?: DataFormat;
  /** How new pixels follow from old ones: `nearest`, the default, repeats them; `bilinear` interpolates between their centres. */
  interpolation?: "nearest" | "bilinear";
}

/**
 * Repeats rows and columns of an image: [batch, height, width, channels] → [batch, size[0] · height, size[1] · width, channels],
 * y[i, j] = x[⌊i / size[0]⌋, ⌊j / size[1]⌋].
 *
 * With `interpolation: "bilinear"` row i lies at (i + ½) / size[0] − ½ of the old ones, not beyond the first or the last, and its pixels are
 * between theirs; columns likewise.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const larger = layers.upSampling2d({ size: [2, 3], inputShape: [7, 7, 8] }); // gives [14, 21, 8]
 * ```
 * @throws TypeError or RangeError if `size` holds no integers >= 1; RangeError for another interpolation
 */
export function upSampling2d(options?: UpSampling2dOptions): UpSampling {
  return new UpSampling(2, options);
}

/** Its row of the table. */
export const upSampling2dRow: LayerRow = defineRow({ id: "up_sampling2d", create: upSampling2d });
