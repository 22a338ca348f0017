import { convolveDepthwise } from "../compose/convolve_depthwise.ts";
import { convolve } from "../compose/convolve.ts";
import type { ConstraintSpec } from "../constraints/resolve_constraint.ts";
import { checkInteger } from "../errors/check_integer.ts";
import type { InitializerSpec } from "../initializers/resolve_initializer.ts";
import type { RegularizerSpec } from "../regularizers/resolve_regularizer.ts";
import { copyJson } from "../tensor/copy_json.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { DepthwiseOptions } from "./depthwise_convolution.ts";
import { Layer } from "./layer.ts";
import { LIBRARY_PARTS, type PartResolver } from "./part_resolver.ts";
import { kernelOptionsOf, type KernelParts, readKernelParts } from "./read_kernel_parts.ts";
import { SLIDING_WINDOW_OPTIONS, SlidingWindow, type SlidingWindowOptions } from "./sliding_window.ts";
import { spatialAxes } from "./spatial_axes.ts";
import type { Tracing } from "./tracing.ts";
import { withChannelsLast } from "./with_channels_last.ts";

/** What separable convolutions take. */
export interface SeparableOptions extends DepthwiseOptions {
  /** The number of filters, the channels of the output. */
  filters: number;
  /** Default `"glorot_uniform"`. */
  pointwiseInitializer?: InitializerSpec;
  /** A penalty on the pointwise kernel. Default none. */
  pointwiseRegularizer?: RegularizerSpec | null;
  /** A rule that the pointwise kernel keeps after every step. Default none. */
  pointwiseConstraint?: ConstraintSpec | null;
}

const KERNELS = ["depthwise", "pointwise"] as const;

/** A layer that convolves channels one by one and then mixes them; see `layers.separableConv1d` and `layers.separableConv2d`. */
export class SeparableConvolution extends Layer {
  readonly filters: number;
  readonly depthMultiplier: number;
  readonly #window: SlidingWindow;
  readonly #parts: KernelParts<(typeof KERNELS)[number]>;

  /**
   * @param axes how many axes a window slides along: 1 or 2
   * @param parts makes activation, initializers, regularizers and constraints of what stands for them
   */
  constructor(axes: 1 | 2, options: SeparableOptions & SlidingWindowOptions, parts: PartResolver = LIBRARY_PARTS) {
    const type = `separable_conv${axes}d`, what = `create ${type} layer`;
    super(type, options, ["filters", ...SLIDING_WINDOW_OPTIONS, "depthMultiplier", ...kernelOptionsOf(KERNELS)]);
    this.filters = checkInteger(what, "filters", options?.filters, { min: 1 });
    this.#window = new SlidingWindow(what, axes, options);
    this.depthMultiplier = checkInteger(what, "depthMultiplier", options.depthMultiplier ?? 1, { min: 1 });
    this.#parts = readKernelParts(what, options, parts, KERNELS);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return {
      ...this.commonConfig(),
      filters: this.filters,
      ...this.#window.config,
      depthMultiplier: this.depthMultiplier,
      ...copyJson(this.#parts.saved),
    };
  }

  protected override build(inputShape: Shape): void {
    const channels = this.#window.channelsOf(this.name || this.type, inputShape);
    const { kernelSize } = this.#window;
    const { depthwise, pointwise, bias, useBias } = this.#parts;
    const depthwiseShape = [...kernelSize, channels, this.depthMultiplier];
    const pointwiseShape = [...kernelSize.map(() => 1), channels * this.depthMultiplier, this.filters];
    this.addWeight({ name: "depthwise_kernel", shape: depthwiseShape, ...depthwise });
    this.addWeight({ name: "pointwise_kernel", shape: pointwiseShape, ...pointwise });
    if (useBias) this.addWeight({ name: "bias", shape: [this.filters], ...bias });
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const { strides, dilationRate: dilation, dataFormat } = this.#window;
    const { activation, useBias, activity } = this.#parts;
    const name = this.name || this.type;
    spatialAxes(name, x.shape, strides.length, dataFormat);
    const bias = useBias ? t.weight("bias") : undefined;
    const sum = withChannelsLast(t, x, dataFormat, (images) => {
      const pads = this.#window.padsOf(name, images.shape.slice(1, -1));
      const mixed = convolveDepthwise(images, t.weight("depthwise_kernel"), undefined, { strides, dilation, pads });
      const ones = strides.map(() => 1), none = pads.map(() => 0);
      const settings = { strides: ones, dilation: ones, pads: none, groups: 1 };
      return convolve(mixed, t.weight("pointwise_kernel"), bias, settings);
    });
    const y = activation.apply(t.graph, sum);
    if (activity !== null) t.addLoss(activity.penalty(t.graph, y));
    return y;
  }
}
