import { convolve } from "../compose/convolve.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { copyJson } from "../tensor/copy_json.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import { slideWindow } from "../tensor/slide_window.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { checkDilation } from "./check_dilation.ts";
import { type DataFormat, readDataFormat } from "./data_format.ts";
import { Layer } from "./layer.ts";
import { LIBRARY_PARTS, type PartResolver } from "./part_resolver.ts";
import { readEachAxis } from "./read_each_axis.ts";
import { KERNEL_OPTIONS, type KernelOptions, type KernelParts, readKernelParts } from "./read_kernel_parts.ts";
import { type LayerPadding, readPadding } from "./read_padding.ts";
import { spatialAxes } from "./spatial_axes.ts";
import type { Tracing } from "./tracing.ts";
import { withChannelsLast } from "./with_channels_last.ts";

/** What a convolution takes, of one axis or of two. */
interface ConvolutionOptions extends KernelOptions {
  readonly filters?: number;
  readonly kernelSize?: unknown;
  readonly strides?: unknown;
  readonly padding?: unknown;
  readonly dilationRate?: unknown;
  readonly groups?: number;
  readonly dataFormat?: DataFormat;
}

/** A layer whose filters slide over steps or pixels; see `layers.conv1d` and `layers.conv2d`. */
export class Convolution extends Layer {
  readonly filters: number;
  readonly kernelSize: readonly number[];
  readonly strides: readonly number[];
  readonly padding: LayerPadding;
  readonly dilationRate: readonly number[];
  readonly groups: number;
  readonly #dataFormat: "channels_last" | "channels_first";
  readonly #parts: KernelParts;

  /**
   * @param axes how many axes a window slides along: 1 or 2
   * @param parts makes activation, initializers, regularizers and constraints of what stands for them
   */
  constructor(axes: 1 | 2, options: ConvolutionOptions, parts: PartResolver = LIBRARY_PARTS) {
    const type = `conv${axes}d`, what = `create ${type} layer`;
    super(type, options, [
      "filters",
      "kernelSize",
      "strides",
      "padding",
      "dataFormat",
      "dilationRate",
      "groups",
      ...KERNEL_OPTIONS,
    ]);
    this.filters = checkInteger(what, "filters", options?.filters, { min: 1 });
    this.kernelSize = readEachAxis(what, "kernelSize", options.kernelSize, axes);
    this.strides = readEachAxis(what, "strides", options.strides ?? 1, axes);
    this.padding = readPadding(what, options.padding, axes, axes === 1 ? ["valid", "same", "causal"] : undefined);
    this.dilationRate = readEachAxis(what, "dilationRate", options.dilationRate ?? 1, axes);
    this.groups = checkInteger(what, "groups", options.groups ?? 1, { min: 1 });
    this.#dataFormat = readDataFormat(what, options.dataFormat);
    checkDilation(what, this.strides, this.dilationRate);
    if (this.filters % this.groups !== 0) {
      throw new RangeError(
        `Cannot ${what}: groups must divide filters, got ${this.groups} groups of ${this.filters} filters`,
      );
    }
    this.#parts = readKernelParts(what, options, parts);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    const saved = (each: readonly Json[]): Json => each.length === 1 ? each[0] : each;
    return {
      ...this.commonConfig(),
      filters: this.filters,
      kernelSize: saved(this.kernelSize),
      strides: saved(this.strides),
      padding: typeof this.padding === "string" ? this.padding : saved(this.padding),
      dataFormat: this.#dataFormat,
      dilationRate: saved(this.dilationRate),
      groups: this.groups,
      ...copyJson(this.#parts.saved),
    };
  }

  protected override build(inputShape: Shape): void {
    const shape = [1, ...inputShape], name = this.name || this.type;
    const axes = spatialAxes(name, shape, this.kernelSize.length, this.#dataFormat);
    this.#pads(axes.map((axis) => shape[axis]));
    const channels = shape[this.#dataFormat === "channels_last" ? shape.length - 1 : 1];
    if (channels % this.groups !== 0) {
      throw new TypeError(
        `Cannot build layer "${name}": groups must divide the channels of its input, got ${this.groups} groups of ${channels} channels`,
      );
    }
    const kernel = [...this.kernelSize, channels / this.groups, this.filters];
    this.addWeight({ name: "kernel", shape: kernel, ...this.#parts.kernel });
    if (this.#parts.useBias) this.addWeight({ name: "bias", shape: [this.filters], ...this.#parts.bias });
  }

  /** The zeros around an input of that many steps, or rows and columns. */
  #pads(sizes: readonly number[]): number[] {
    const { padding } = this, what = `build layer "${this.name || this.type}"`;
    const names = sizes.length === 1 ? ["steps"] : ["height", "width"];
    return sizes.flatMap((length, i) => {
      const window = { size: this.kernelSize[i], stride: this.strides[i], dilation: this.dilationRate[i] };
      const slide = slideWindow(what, names[i], length, window, typeof padding === "string" ? padding : padding[i]);
      return [slide.before, slide.after];
    });
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const { strides, dilationRate: dilation, groups } = this;
    const { activation, useBias, activity } = this.#parts;
    spatialAxes(this.name || this.type, x.shape, strides.length, this.#dataFormat);
    const bias = useBias ? t.weight("bias") : undefined;
    const sum = withChannelsLast(t, x, this.#dataFormat, (images) => {
      const pads = this.#pads(images.shape.slice(1, -1));
      return convolve(images, t.weight("kernel"), bias, { strides, dilation, pads, groups });
    });
    const y = activation.apply(t.graph, sum);
    if (activity !== null) t.addLoss(activity.penalty(t.graph, y));
    return y;
  }
}
