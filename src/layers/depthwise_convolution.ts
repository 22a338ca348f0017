import { convolveDepthwise } from "../compose/convolve_depthwise.ts";
import type { ConstraintSpec } from "../constraints/resolve_constraint.ts";
import { checkInteger } from "../errors/check_integer.ts";
import type { InitializerSpec } from "../initializers/resolve_initializer.ts";
import type { RegularizerSpec } from "../regularizers/resolve_regularizer.ts";
import { copyJson } from "../tensor/copy_json.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { Layer } from "./layer.ts";
import { LIBRARY_PARTS, type PartResolver } from "./part_resolver.ts";
import { type BiasOptions, kernelOptionsOf, type KernelParts, readKernelParts } from "./read_kernel_parts.ts";
import { SLIDING_WINDOW_OPTIONS, SlidingWindow, type SlidingWindowOptions } from "./sliding_window.ts";
import { spatialAxes } from "./spatial_axes.ts";
import type { Tracing } from "./tracing.ts";
import { withChannelsLast } from "./with_channels_last.ts";

/** What layers with depthwise filters take. */
export interface DepthwiseOptions extends BiasOptions {
  /** How many filters each channel of the input has. Default 1. */
  depthMultiplier?: number;
  /** Default `"glorot_uniform"`. */
  depthwiseInitializer?: InitializerSpec;
  /** A penalty on the depthwise kernel. Default none. */
  depthwiseRegularizer?: RegularizerSpec | null;
  /** A rule that the depthwise kernel keeps after every step. Default none. */
  depthwiseConstraint?: ConstraintSpec | null;
}

/** A layer that convolves every channel with filters of its own; see `layers.depthwiseConv1d` and `layers.depthwiseConv2d`. */
export class DepthwiseConvolution extends Layer {
  readonly depthMultiplier: number;
  readonly #window: SlidingWindow;
  readonly #parts: KernelParts<"depthwise">;

  /**
   * @param axes how many axes a window slides along: 1 or 2
   * @param parts makes activation, initializers, regularizers and constraints of what stands for them
   */
  constructor(axes: 1 | 2, options: DepthwiseOptions & SlidingWindowOptions, parts: PartResolver = LIBRARY_PARTS) {
    const type = `depthwise_conv${axes}d`, what = `create ${type} layer`;
    super(type, options, [...SLIDING_WINDOW_OPTIONS, "depthMultiplier", ...kernelOptionsOf(["depthwise"])]);
    this.#window = new SlidingWindow(what, axes, options);
    this.depthMultiplier = checkInteger(what, "depthMultiplier", options.depthMultiplier ?? 1, { min: 1 });
    this.#parts = readKernelParts(what, options, parts, ["depthwise"]);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return {
      ...this.commonConfig(),
      ...this.#window.config,
      depthMultiplier: this.depthMultiplier,
      ...copyJson(this.#parts.saved),
    };
  }

  protected override build(inputShape: Shape): void {
    const channels = this.#window.channelsOf(this.name || this.type, inputShape);
    const { depthMultiplier } = this;
    const { depthwise, bias, useBias } = this.#parts;
    const shape = [...this.#window.kernelSize, channels, depthMultiplier];
    this.addWeight({ name: "kernel", shape, ...depthwise });
    if (useBias) this.addWeight({ name: "bias", shape: [channels * depthMultiplier], ...bias });
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const { strides, dilationRate: dilation, dataFormat } = this.#window;
    const { activation, useBias, activity } = this.#parts;
    const name = this.name || this.type;
    spatialAxes(name, x.shape, strides.length, dataFormat);
    const bias = useBias ? t.weight("bias") : undefined;
    const sum = withChannelsLast(t, x, dataFormat, (images) => {
      const pads = this.#window.padsOf(name, images.shape.slice(1, -1));
      return convolveDepthwise(images, t.weight("kernel"), bias, { strides, dilation, pads });
    });
    const y = activation.apply(t.graph, sum);
    if (activity !== null) t.addLoss(activity.penalty(t.graph, y));
    return y;
  }
}
