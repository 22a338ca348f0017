import { defineRow } from "../tables/define_row.ts";
import { Convolution } from "./convolution.ts";
import type { DataFormat } from "./data_format.ts";
import type { LayerRow } from "./layer_row.ts";
import type { KernelOptions } from "./read_kernel_parts.ts";

/** Options of the convolution of images. */
export interface Conv2dOptions extends KernelOptions {
  /** The number of filters, the channels of the output. */
  filters: number;
  /** The height and width of a window: one number for both, or [height, width]. */
  kernelSize: number | readonly [number, number];
  /** How far the next window is: one number for both directions, or [down, to the right]. Default 1. */
  strides?: number | readonly [number, number];
  /**
   * `valid`, the default: windows lie within the image; `same`: zeros around it, so that there are ⌈length / stride⌉ windows a direction, and
   * what is odd of them below and to the right; or zeros in the forms of `zeroPadding2d`: on all sides, [top and bottom, left and right], or
   * [[top, bottom], [left, right]].
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
  /** In how many groups channels and filters are: each group of filters sees its group of channels. Default 1. */
  groups?: number;
}

/**
 * The convolution of images: filters slide over height and width, y = activation(Σ window · kernel + bias).
 *
 * Shapes: x [batch, height, width, channels], kernel [kernelSize, channels / groups, filters], bias [filters] → y [batch, rows, columns, filters].
 * Along each direction there are ⌊(before + length + after − reach) / stride⌋ + 1 windows with reach = (kernelSize − 1) · dilationRate + 1.
 * Threads share the samples of a batch.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const edges = layers.conv2d({ filters: 16, kernelSize: 3, activation: "relu", inputShape: [28, 28, 1] }); // gives [26, 26, 16]
 * ```
 * @throws RangeError or TypeError for an option out of its range, for strides with a dilationRate, for groups that do not divide filters or
 *   channels, and for a window that is larger than the padded image
 */
export function conv2d(options: Conv2dOptions): Convolution {
  return new Convolution(2, options);
}

/** Its row of the table. */
export const conv2dRow: LayerRow = defineRow({
  id: "conv2d",
  create: (options: Conv2dOptions, parts) => new Convolution(2, options, parts),
});
