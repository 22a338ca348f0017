import { defineRow } from "../tables/define_row.ts";
import type { DataFormat } from "./data_format.ts";
import type { LayerRow } from "./layer_row.ts";
import { SeparableConvolution, type SeparableOptions } from "./separable_convolution.ts";

/** Options of the separable convolution of images. */
export interface SeparableConv2dOptions extends SeparableOptions {
  /** The height and width of a window: one number for both, or [height, width]. */
  kernelSize: number | readonly [number, number];
  /** How far the next window is: one number for both directions, or [down, to the right]. Default 1. */
  strides?: number | readonly [number, number];
  /**
   * `valid`, the default: windows lie within the image; `same`: zeros around it, so that there are ⌈length / stride⌉ windows a direction; or zeros in
   * the forms of `zeroPadding2d`: on all sides, [top and bottom, left and right], or [[top, bottom], [left, right]].
   */
  padding?:
    | "valid"
    | "same"
    | number
    | readonly [number | readonly [number, number], number | readonly [number, number]];
  /** `channels_last` for samples [height, width, channels], the default, or `channels_first`. */
  dataFormat?: DataFormat;
  /** How far the elements of a window are apart: one number for both directions, or [down, to the right]. Default 1. Not with strides. */
  dilationRate?: number | readonly [number, number];
}

/**
 * The separable convolution of images: every channel is convolved with filters of its own, as in `depthwiseConv2d` without bias, and the results
 * are mixed at each position: y = activation(depthwise(x) · pointwise_kernel + bias).
 *
 * Shapes: x [batch, height, width, channels], depthwise_kernel [kernelSize, channels, depthMultiplier],
 * pointwise_kernel [1, 1, channels · depthMultiplier, filters], bias [filters] → y [batch, rows, columns, filters].
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const features = layers.separableConv2d({ filters: 16, kernelSize: 3, inputShape: [28, 28, 3] }); // gives [26, 26, 16]
 * ```
 * @throws RangeError or TypeError for an option out of its range, for strides with a dilationRate, and for a window that is larger than the
 *   padded image
 *
 * Source: Chollet, Xception: Deep learning with depthwise separable convolutions, CVPR 2017.
 */
export function separableConv2d(options: SeparableConv2dOptions): SeparableConvolution {
  return new SeparableConvolution(2, options);
}

/** Its row of the table. */
export const separableConv2dRow: LayerRow = defineRow({
  id: "separable_conv2d",
  create: (options: SeparableConv2dOptions, parts) => new SeparableConvolution(2, options, parts),
});
