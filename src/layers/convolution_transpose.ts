import { checkInteger } from "../errors/check_integer.ts";
import { copyJson } from "../tensor/copy_json.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { describeValue } from "../errors/describe_value.ts";
import { checkDilation } from "./check_dilation.ts";
import { type DataFormat, readDataFormat } from "./data_format.ts";
import { Layer } from "./layer.ts";
import { LIBRARY_PARTS, type PartResolver } from "./part_resolver.ts";
import { readEachAxis } from "./read_each_axis.ts";
import { KERNEL_OPTIONS, type KernelOptions, type KernelParts, readKernelParts } from "./read_kernel_parts.ts";
import { type LayerPadding, readPadding } from "./read_padding.ts";
import { spatialAxes } from "./spatial_axes.ts";
import type { Tracing } from "./tracing.ts";
import { type TransposedWindow, transposedWindow } from "./transposed_window.ts";
import { withChannelsLast } from "./with_channels_last.ts";

/** What a transposed convolution takes, of one axis or of two. */
interface ConvolutionTransposeOptions extends KernelOptions {
  readonly filters?: number;
  readonly kernelSize?: unknown;
  readonly strides?: unknown;
  readonly padding?: unknown;
  readonly outputPadding?: unknown;
  readonly dilationRate?: unknown;
  readonly dataFormat?: DataFormat;
}

/** A layer that lays filters over what it gives; see `layers.conv1dTranspose` and `layers.conv2dTranspose`. */
export class ConvolutionTranspose extends Layer {
  readonly filters: number;
  readonly kernelSize: readonly number[];
  readonly strides: readonly number[];
  readonly padding: Exclude<LayerPadding, "causal">;
  /** null for the default of `padding`. */
  readonly outputPadding: readonly number[] | null;
  readonly dilationRate: readonly number[];
  readonly #dataFormat: "channels_last" | "channels_first";
  readonly #parts: KernelParts;

  /**
   * @param axes along how many axes: 1 or 2
   * @param parts makes activation, initializers, regularizers and constraints of what stands for them
   */
  constructor(axes: 1 | 2, options: ConvolutionTransposeOptions, parts: PartResolver = LIBRARY_PARTS) {
    const type = `conv${axes}d_transpose`, what = `create ${type} layer`;
    super(type, options, [
      "filters",
      "kernelSize",
      "strides",
      "padding",
      "outputPadding",
      "dataFormat",
      "dilationRate",
      ...KERNEL_OPTIONS,
    ]);
    this.filters = checkInteger(what, "filters", options?.filters, { min: 1 });
    this.kernelSize = readEachAxis(what, "kernelSize", options.kernelSize, axes);
    this.strides = readEachAxis(what, "strides", options.strides ?? 1, axes);
    this.padding = readPadding(what, options.padding, axes) as Exclude<LayerPadding, "causal">;
    const { outputPadding = null } = options;
    this.outputPadding = outputPadding === null ? null : readEachAxis(what, "outputPadding", outputPadding, axes, 0);
    this.dilationRate = readEachAxis(what, "dilationRate", options.dilationRate ?? 1, axes);
    this.#dataFormat = readDataFormat(what, options.dataFormat);
    checkDilation(what, this.strides, this.dilationRate);
    if (this.outputPadding?.some((added, i) => added >= this.strides[i])) {
      throw new RangeError(
        `Cannot ${what}: outputPadding must be less than strides, got ${describeValue(this.outputPadding)} and ${
          describeValue(this.strides)
        }`,
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
      outputPadding: this.outputPadding === null ? null : saved(this.outputPadding),
      dataFormat: this.#dataFormat,
      dilationRate: saved(this.dilationRate),
      ...copyJson(this.#parts.saved),
    };
  }

  protected override build(inputShape: Shape): void {
    const shape = [1, ...inputShape];
    const axes = spatialAxes(this.name || this.type, shape, this.kernelSize.length, this.#dataFormat);
    this.#windows(axes.map((axis) => shape[axis]));
    const channels = shape[this.#dataFormat === "channels_last" ? shape.length - 1 : 1];
    this.addWeight({ name: "kernel", shape: [...this.kernelSize, this.filters, channels], ...this.#parts.kernel });
    if (this.#parts.useBias) this.addWeight({ name: "bias", shape: [this.filters], ...this.#parts.bias });
  }

  /** The windows over the result of an input of that many steps, or rows and columns. */
  #windows(sizes: readonly number[]): TransposedWindow[] {
    return sizes.map((count, i) =>
      transposedWindow(`build layer "${this.name || this.type}"`, count, {
        reach: (this.kernelSize[i] - 1) * this.dilationRate[i] + 1,
        stride: this.strides[i],
        padding: typeof this.padding === "string" ? this.padding : this.padding[i],
        outputPadding: this.outputPadding === null ? null : this.outputPadding[i],
      })
    );
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const { strides, dilationRate: dilation } = this;
    const { activation, useBias, activity } = this.#parts;
    spatialAxes(this.name || this.type, x.shape, strides.length, this.#dataFormat);
    const weights = [t.weight("kernel"), ...(useBias ? [t.weight("bias")] : [])];
    const sum = withChannelsLast(t, x, this.#dataFormat, (images) => {
      const windows = this.#windows(images.shape.slice(1, -1));
      const pads = windows.flatMap(({ before, after }) => [before, after]);
      const size = windows.map(({ length }) => length);
      return t.graph.apply("conv_input", [images, ...weights], { strides, dilation, pads, groups: 1, size });
    });
    const y = activation.apply(t.graph, sum);
    if (activity !== null) t.addLoss(activity.penalty(t.graph, y));
    return y;
  }
}
