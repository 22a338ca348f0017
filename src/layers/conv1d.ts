import { defineRow } from "../tables/define_row.ts";
import { Convolution } from "./convolution.ts";
import type { DataFormat } from "./data_format.ts";
import type { LayerRow } from "./layer_row.ts";
import type { KernelOptions } from "./read_kernel_parts.ts";

/** Options of the convolution of sequences. */
export interface Conv1dOptions extends KernelOptions {
  /** The number of filters, the features of the output. */
  filters: number;
  /** How many steps a window has. */
  kernelSize: number;
  /** How far the next window is. Default 1. */
  strides?: number;
  /**
   * `valid`, the default: windows lie within the sequence; `same`: zeros around it, so that there are ⌈steps / stride⌉ windows, and what is odd of
   * them behind; `causal`: zeros before it, so that no output depends on later steps; or as many zeros on both sides, or [before, after].
   */
  padding?: "valid" | "same" | "causal" | number | readonly [number, number];
  /** `channels_last` for samples [steps, features], the default, or `channels_first`. */
  dataFormat?: DataFormat;
  /** How far the steps of a window are apart. Default 1. Not with strides. */
  dilationRate?: number;
  /** In how many groups features and filters are: each group of filters sees its group of features. Default 1. */
  groups?: number;
}

/**
 * The convolution of sequences: filters slide over the steps, y = activation(Σ window · kernel + bias).
 *
 * Shapes: x [batch, steps, features], kernel [kernelSize, features / groups, filters], bias [filters] → y [batch, windows, filters] with
 * ⌊(before + steps + after − reach) / stride⌋ + 1 windows, reach = (kernelSize − 1) · dilationRate + 1.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const causal = layers.conv1d({ filters: 8, kernelSize: 2, dilationRate: 4, padding: "causal", inputShape: [64, 3] }); // gives [64, 8]
 * ```
 * @throws RangeError or TypeError for an option out of its range, for strides with a dilationRate, for groups that do not divide filters or
 *   features, and for a window that is longer than the padded sequence
 */
export function conv1d(options: Conv1dOptions): Convolution {
  return new Convolution(1, options);
}

/** Its row of the table. */
export const conv1dRow: LayerRow = defineRow({
  id: "conv1d",
  create: (options: Conv1dOptions, parts) => new Convolution(1, options, parts),
});
