import { defineRow } from "../tables/define_row.ts";
import { ConvolutionTranspose } from "./convolution_transpose.ts";
import type { DataFormat } from "./data_format.ts";
import type { LayerRow } from "./layer_row.ts";
import type { KernelOptions } from "./read_kernel_parts.ts";

/** Options of the transposed convolution of sequences. */
export interface Conv1dTransposeOptions extends KernelOptions {
  /** The number of filters, the features of the output. */
  filters: number;
  /** How many steps a window has. */
  kernelSize: number;
  /** How far the next window is in the output. Default 1. */
  strides?: number;
  /** `valid`, the default: the output holds all windows; `same`: it has strides times the input's steps; or so many steps that are cut off: at
   * both ends, or [before, after]. */
  padding?: "valid" | "same" | number | readonly [number, number];
  /**
   * Steps more at the end, less than strides. With `same` the output has (steps − 1) · stride + (reach mod 2) + outputPadding steps then. Default
   * null: what `padding` says.
   */
  outputPadding?: number | null;
  /** `channels_last` for samples [steps, features], the default, or `channels_first`. */
  dataFormat?: DataFormat;
  /** How far the steps of a window are apart. Default 1. Not with strides. */
  dilationRate?: number;
}

/**
 * The transposed convolution of sequences, which gives longer ones: every step lays the filters, times its features, over a window of the
 * output; y = activation(sum of what lies there + bias). It is the gradient of `conv1d` by its input.
 *
 * Shapes: x [batch, steps, features], kernel [kernelSize, filters, features], bias [filters] → y [batch, length, filters]. With
 * reach = (kernelSize − 1) · dilationRate + 1 the length is (steps − 1) · stride + max(reach, stride) for `valid`, steps · stride for `same`,
 * (steps − 1) · stride + reach − before − after + outputPadding for steps that are cut off, as PyTorch's padding.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const longer = layers.conv1dTranspose({ filters: 8, kernelSize: 4, strides: 2, inputShape: [10, 3] }); // gives [22, 8]
 * ```
 * @throws RangeError or TypeError for an option out of its range, for strides with a dilationRate, for outputPadding that is not below strides
 */
export function conv1dTranspose(options: Conv1dTransposeOptions): ConvolutionTranspose {
  return new ConvolutionTranspose(1, options);
}

/** Its row of the table. */
export const conv1dTransposeRow: LayerRow = defineRow({
  id: "conv1d_transpose",
  create: (options: Conv1dTransposeOptions, parts) => new ConvolutionTranspose(1, options, parts),
});
