import { defineRow } from "../tables/define_row.ts";
import type { DataFormat } from "./data_format.ts";
import { DepthwiseConvolution, type DepthwiseOptions } from "./depthwise_convolution.ts";
import type { LayerRow } from "./layer_row.ts";

/** Options of the depthwise convolution of sequences. */
export interface DepthwiseConv1dOptions extends DepthwiseOptions {
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
 * The depthwise convolution of sequences: every channel has filters of its own, which slide over steps, and is not mixed with others;
 * y = activation(Σ window · kernel + bias).
 *
 * Shapes: x [batch, steps, channels], kernel [kernelSize, channels, depthMultiplier], bias [channels · depthMultiplier] → y
 * [batch, windows, channels · depthMultiplier], the results of a channel one behind the other. There are as many windows as `conv1d` has.
 * Threads share the samples of a batch.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const blurred = layers.depthwiseConv1d({ kernelSize: 3, depthMultiplier: 2, inputShape: [10, 4] }); // gives [8, 8]
 * ```
 * @throws RangeError or TypeError for an option out of its range, for strides with a dilationRate, and for a window that is larger than the
 *   padded sequence
 */
export function depthwiseConv1d(options: DepthwiseConv1dOptions): DepthwiseConvolution {
  return new DepthwiseConvolution(1, options);
}

/** Its row of the table. */
export const depthwiseConv1dRow: LayerRow = defineRow({
  id: "depthwise_conv1d",
  create: (options: DepthwiseConv1dOptions, parts) => new DepthwiseConvolution(1, options, parts),
});
