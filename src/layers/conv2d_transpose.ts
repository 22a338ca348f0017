import { defineRow } from "../tables/define_row.ts";
import { ConvolutionTranspose } from "./convolution_transpose.ts";
import type { DataFormat } from "./data_format.ts";
import type { LayerRow } from "./layer_row.ts";
import type { KernelOptions } from "./read_kernel_parts.ts";

/** Options of the transposed convolution of images. */
export interface Conv2dTransposeOptions extends KernelOptions {
  /** The number of filters, the channels of the output. */
  filters: number;
  /** The height and width of a window: one number for both, or [height, width]. */
  kernelSize: number | readonly [number, number];
  /** How far the next window is in the output: one number for both directions, or [down, to the right]. Default 1. */
  strides?: number | readonly [number, number];
  /** `valid`, the default: the output holds all windows; `same`: it has strides times the input's rows and columns; or so much that is
   * cut off, in the forms of `cropping2d`: on all sides, [top and bottom, left and right], or [[top, bottom], [left, right]]. */
  padding?:
    | "valid"
    | "same"
    | number
    | readonly [number | readonly [number, number], number | readonly [number, number]];
  /**
   * Rows and columns more, below and to the right, less than strides. With `same` the output has (rows − 1) · stride + (reach mod 2) +
   * outputPadding rows then. Default null: what `padding` says.
   */
  outputPadding?: number | readonly [number, number] | null;
  /** `channels_last` for samples [height, width, channels], the default, or `channels_first`. */
  dataFormat?: DataFormat;
  /** How far the elements of a window are apart: one number for both directions, or [down, to the right]. Default 1. Not with strides. */
  dilationRate?: number | readonly [number, number];
}

/**
 * The transposed convolution of images, which gives larger ones: every pixel lays the filters, times its channels, over a window of the output;
 * y = activation(sum of what lies there + bias). It is the gradient of `conv2d` by its input.
 *
 * Shapes: x [batch, rows, columns, channels], kernel [kernelSize, filters, channels], bias [filters] → y [batch, height, width, filters]. With
 * reach = (kernelSize − 1) · dilationRate + 1 the height is (rows − 1) · stride + max(reach, stride) for `valid`, rows · stride for `same`,
 * (rows − 1) · stride + reach − top − bottom + outputPadding for margins that are cut off, as PyTorch's padding.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const larger = layers.conv2dTranspose({ filters: 8, kernelSize: 3, strides: 2, padding: "same", inputShape: [7, 7, 16] }); // gives [14, 14, 8]
 * ```
 * @throws RangeError or TypeError for an option out of its range, for strides with a dilationRate, for outputPadding that is not below strides
 */
export function conv2dTranspose(options: Conv2dTransposeOptions): ConvolutionTranspose {
  return new ConvolutionTranspose(2, options);
}

/** Its row of the table. */
export const conv2dTransposeRow: LayerRow = defineRow({
  id: "conv2d_transpose",
  create: (options: Conv2dTransposeOptions, parts) => new ConvolutionTranspose(2, options, parts),
});
