import { convolve } from "../compose/convolve.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { copyJson } from "../tensor/copy_json.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { Layer } from "./layer.ts";
import { LIBRARY_PARTS, type PartResolver } from "./part_resolver.ts";
import { KERNEL_OPTIONS, type KernelOptions, type KernelParts, readKernelParts } from "./read_kernel_parts.ts";
import type { LayerPadding } from "./read_padding.ts";
import { SLIDING_WINDOW_OPTIONS, SlidingWindow, type SlidingWindowOptions } from "./sliding_window.ts";
import { spatialAxes } from "./spatial_axes.ts";
import type { Tracing } from "./tracing.ts";
import { withChannelsLast } from "./with_channels_last.ts";

/** What a convolution takes, of one axis or of two. */
interface ConvolutionOptions extends KernelOptions, SlidingWindowOptions {
  readonly filters?: number;
  readonly groups?: number;
}

/** A layer whose filters slide over steps or pixels; see `layers.conv1d` and `layers.conv2d`. */
export class Convolution extends Layer {
  readonly filters: number;
  readonly kernelSize: readonly number[];
  readonly strides: readonly number[];
  readonly padding: LayerPadding;
  readonly dilationRate: readonly number[];
  readonly groups: number;
  readonly #window: SlidingWindow;
  readonly #parts: KernelParts;

  /**
   * @param axes how many axes a window slides along: 1 or 2
   * @param parts makes activation, initializers, regularizers and constraints of what stands for them
   */
  constructor(axes: 1 | 2, options: ConvolutionOptions, parts: PartResolver = LIBRARY_PARTS) {
    const type = `conv${axes}d`, what = `create ${type} layer`;
    super(type, options, ["filters", ...SLIDING_WINDOW_OPTIONS, "groups", ...KERNEL_OPTIONS]);
    this.filters = checkInteger(what, "filters", options?.filters, { min: 1 });
    this.#window = new SlidingWindow(what, axes, options, axes === 1 ? ["valid", "same", "causal"] : undefined);
    this.kernelSize = this.#window.kernelSize;
    this.strides = this.#window.strides;
    this.padding = this.#window.padding;
    this.dilationRate = this.#window.dilationRate;
    this.groups = checkInteger(what, "groups", options.groups ?? 1, { min: 1 });
    if (this.filters % this.groups !== 0) {
      throw new RangeError(
        `Cannot ${what}: groups must divide filters, got ${this.groups} groups of ${this.filters} filters`,
      );
    }
    this.#parts = readKernelParts(what, options, parts);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return {
      ...this.commonConfig(),
      filters: this.filters,
      ...this.#window.config,
      groups: this.groups,
      ...copyJson(this.#parts.saved),
    };
  }

  protected override build(inputShape: Shape): void {
    const name = this.name || this.type;
    const channels = this.#window.channelsOf(name, inputShape);
    if (channels % this.groups > 0) {
      throw new TypeError(
        `Cannot build layer "${name}": groups must divide the channels of its input, got ${this.groups} groups of ${channels} channels`,
      );
    }
    const kernel = [...this.kernelSize, channels / this.groups, this.filters];
    this.addWeight({ name: "kernel", shape: kernel, ...this.#parts.kernel });
    if (this.#parts.useBias) this.addWeight({ name: "bias", shape: [this.filters], ...this.#parts.bias });
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const { strides, dilationRate: dilation, groups } = this;
    const { activation, useBias, activity } = this.#parts;
    const name = this.name || this.type;
    spatialAxes(name, x.shape, strides.length, this.#window.dataFormat);
    const bias = useBias ? t.weight("bias") : undefined;
    const sum = withChannelsLast(t, x, this.#window.dataFormat, (images) => {
      const pads = this.#window.padsOf(name, images.shape.slice(1, -1));
      return convolve(images, t.weight("kernel"), bias, { strides, dilation, pads, groups });
    });
    const y = activation.apply(t.graph, sum);
    if (activity !== null) t.addLoss(activity.penalty(t.graph, y));
    return y;
  }
}
