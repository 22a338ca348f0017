import { defineRow } from "../tables/define_row.ts";
import type { DataFormat } from "./data_format.ts";
import type { LayerRow } from "./layer_row.ts";
import { SeparableConvolution, type SeparableOptions } from "./separable_convolution.ts";

/** Options of the separable convolution of sequences. */
export interface SeparableConv1dOptions extends SeparableOptions {
  /** How many steps a window has. */
  kernelSize: number;
  /** How far the next window is. Default 1. */
  strides?: number;
  /**
   * `valid`, the default: windows lie within the sequence; `same`: zeros at both ends, so that there are ⌈steps / strides⌉ windows; or so many zeros
   * at both ends, or [before, after].
   */
  padding?: "valid" | "same" | number | readonly [number, number];
  /** `channels_last` for samples [steps, channels], the default, or `channels_first`. */
  dataFormat?: DataFormat;
  /** How far the steps of a window are apart. Default 1. Not with strides. */
  dilationRate?: number;
}

/**
 * The separable convolution of sequences: every channel is convolved with filters of its own, as in `depthwiseConv1d` without bias, and the results
 * are mixed at each position: y = activation(depthwise(x) · pointwise_kernel + bias).
 *
 * Shapes: x [batch, steps, channels], depthwise_kernel [kernelSize, channels, depthMultiplier],
 * pointwise_kernel [1, channels · depthMultiplier, filters], bias [filters] → y [batch, windows, filters].
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const features = layers.separableConv1d({ filters: 16, kernelSize: 3, inputShape: [10, 4] }); // gives [8, 16]
 * ```
 * @throws RangeError or TypeError for an option out of its range, for strides with a dilationRate, and for a window that is larger than the
 *   padded sequence
 *
 * Source: Chollet, Xception: Deep learning with depthwise separable convolutions, CVPR 2017.
 */
export function separableConv1d(options: SeparableConv1dOptions): SeparableConvolution {
  return new SeparableConvolution(1, options);
}

/** Its row of the table. */
export const separableConv1dRow: LayerRow = defineRow({
  id: "separable_conv1d",
  create: (options: SeparableConv1dOptions, parts) => new SeparableConvolution(1, options, parts),
});
