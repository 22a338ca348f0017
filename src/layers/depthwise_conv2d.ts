import { defineRow } from "../tables/define_row.ts";
import type { DataFormat } from "./data_format.ts";
import { DepthwiseConvolution, type DepthwiseOptions } from "./depthwise_convolution.ts";
import type { LayerRow } from "./layer_row.ts";

/** Options of the depthwise convolution of images. */
export interface DepthwiseConv2dOptions extends DepthwiseOptions {
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
 * The depthwise convolution of images: every channel has filters of its own, which slide over height and width, and is not mixed with others;
 * y = activation(Σ window · kernel + bias).
 *
 * Shapes: x [batch, height, width, channels], kernel [kernelSize, channels, depthMultiplier], bias [channels · depthMultiplier] → y
 * [batch, rows, columns, channels · depthMultiplier], the results of a channel one behind the other. There are as many windows as `conv2d` has.
 * Threads share the samples of a batch.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const blurred = layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, inputShape: [28, 28, 3] }); // gives [26, 26, 6]
 * ```
 * @throws RangeError or TypeError for an option out of its range, for strides with a dilationRate, and for a window that is larger than the
 *   padded image
 */
export function depthwiseConv2d(options: DepthwiseConv2dOptions): DepthwiseConvolution {
  return new DepthwiseConvolution(2, options);
}

/** Its row of the table. */
export const depthwiseConv2dRow: LayerRow = defineRow({
  id: "depthwise_conv2d",
  create: (options: DepthwiseConv2dOptions, parts) => new DepthwiseConvolution(2, options, parts),
});
