import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import { slideWindow } from "../tensor/slide_window.ts";
import { checkDilation } from "./check_dilation.ts";
import { type DataFormat, readDataFormat } from "./data_format.ts";
import { readEachAxis } from "./read_each_axis.ts";
import { type LayerPadding, readPadding } from "./read_padding.ts";
import { spatialAxes } from "./spatial_axes.ts";

/** The options of a window that slides along steps or over pixels. */
export interface SlidingWindowOptions {
  readonly kernelSize?: unknown;
  readonly strides?: unknown;
  readonly padding?: unknown;
  readonly dilationRate?: unknown;
  readonly dataFormat?: DataFormat;
}

/** The names of the options of `SlidingWindowOptions`. */
export const SLIDING_WINDOW_OPTIONS = ["kernelSize", "strides", "padding", "dataFormat", "dilationRate"] as const;

/** How the window of a convolution slides along the spatial axes of its input. */
export class SlidingWindow {
  readonly kernelSize: readonly number[];
  readonly strides: readonly number[];
  readonly padding: LayerPadding;
  readonly dilationRate: readonly number[];
  readonly dataFormat: "channels_last" | "channels_first";

  /**
   * Reads the options.
   *
   * @param what what is done, for messages: `create conv2d layer`
   * @param axes how many axes it slides along: 1 or 2
   * @param rules the words that `padding` may be. Default `valid` and `same`.
   * @throws {TypeError} If an option is of another form; RangeError if it is out of its range, or strides go with a dilationRate
   */
  constructor(
    what: string,
    axes: 1 | 2,
    options: SlidingWindowOptions,
    rules?: readonly ("valid" | "same" | "causal")[],
  ) {
    this.kernelSize = readEachAxis(what, "kernelSize", options?.kernelSize, axes);
    this.strides = readEachAxis(what, "strides", options.strides ?? 1, axes);
    this.padding = readPadding(what, options.padding, axes, rules);
    this.dilationRate = readEachAxis(what, "dilationRate", options.dilationRate ?? 1, axes);
    this.dataFormat = readDataFormat(what, options.dataFormat);
    checkDilation(what, this.strides, this.dilationRate);
    Object.freeze(this);
  }

  /** The options as they are saved. */
  get config(): Readonly<Record<string, Json>> {
    const saved = (each: readonly Json[]): Json => each.length === 1 ? each[0] : each;
    return {
      kernelSize: saved(this.kernelSize),
      strides: saved(this.strides),
      padding: typeof this.padding === "string" ? this.padding : saved(this.padding),
      dataFormat: this.dataFormat,
      dilationRate: saved(this.dilationRate),
    };
  }

  /**
   * Checks samples of that shape, and tells how many channels they have.
   *
   * @param layer the layer's name, for messages
   * @throws {TypeError} If they are no sequences or images, or smaller than the window
   */
  channelsOf(layer: string, sample: Shape): number {
    const shape = [1, ...sample];
    const axes = spatialAxes(layer, shape, this.kernelSize.length, this.dataFormat);
    this.padsOf(layer, axes.map((axis) => shape[axis]));
    return shape[this.dataFormat === "channels_last" ? shape.length - 1 : 1];
  }

  /** The zeros before and behind each axis of an input of so many steps, or rows and columns. */
  padsOf(layer: string, lengths: readonly number[]): number[] {
    const { padding } = this;
    const names = lengths.length === 1 ? ["steps"] : ["height", "width"];
    return lengths.flatMap((length, i) => {
      const window = { size: this.kernelSize[i], stride: this.strides[i], dilation: this.dilationRate[i] };
      const rule = typeof padding === "string" ? padding : padding[i];
      const { before, after } = slideWindow(`build layer "${layer}"`, names[i], length, window, rule);
      return [before, after];
    });
  }
}
