import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { describeValue } from "../errors/describe_value.ts";
import { defineRow } from "../tables/define_row.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import { partsOf, type Symbolic } from "../tensor/symbolic.ts";
import { GAMMA_BETA_OPTIONS, GammaBeta, type GammaBetaOptions } from "./gamma_beta.ts";
import { Layer } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { LIBRARY_PARTS, type PartResolver } from "./part_resolver.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the group normalization. */
export interface GroupNormalizationOptions extends GammaBetaOptions {
  /** The number of groups, which must divide the number of channels; −1 makes every channel a group (instance normalization). Default 32. */
  groups?: number;
  /** The axis of the channels, counted with the batch: only the last. Default −1. */
  axis?: number;
  /** What is added to the variance. Default 1e-3. */
  epsilon?: number;
}

const WHAT = "create group_normalization layer";

/** A layer that normalises groups of channels; see `layers.groupNormalization`. */
export class GroupNormalization extends Layer {
  readonly groups: number;
  readonly axis: number;
  readonly epsilon: number;
  readonly #weights: GammaBeta;

  /** @param parts makes initializers, regularizers and constraints of what stands for them */
  constructor(options: GroupNormalizationOptions = {}, parts: PartResolver = LIBRARY_PARTS) {
    super("group_normalization", options, ["groups", "axis", "epsilon", ...GAMMA_BETA_OPTIONS]);
    this.groups = options.groups === -1 ? -1 : checkInteger(WHAT, "groups", options.groups ?? 32, { min: 1 });
    this.axis = options.axis === undefined ? -1 : checkInteger(WHAT, "axis", options.axis, { min: -1 });
    this.epsilon = checkNumber(WHAT, "epsilon", options.epsilon ?? 1e-3, { min: 0 });
    this.#weights = new GammaBeta(WHAT, options, parts);
    this.supportsMasking = true;
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    const { groups, axis, epsilon } = this;
    return { ...this.commonConfig(), groups, axis, epsilon, ...this.#weights.config };
  }

  protected override build(inputShape: Shape): void {
    const rule = (text: string): TypeError =>
      new TypeError(`Cannot build layer "${this.name}": ${text} for samples of shape ${formatShape(inputShape)}`);
    if (inputShape.length === 0 || (this.axis !== -1 && this.axis !== inputShape.length)) {
      throw rule(`axis must be that of the channels, the last one, got ${describeValue(this.axis)}`);
    }
    const channels = inputShape[inputShape.length - 1];
    if (this.groups !== -1 && channels % this.groups > 0) {
      throw rule(`the number of channels, ${channels}, must be a multiple of groups, got ${this.groups}`);
    }
    for (const spec of this.#weights.specs([channels])) this.addWeight(spec);
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const { inputs } = this.#weights;
    const groups = this.groups === -1 ? x.shape[x.shape.length - 1] : this.groups;
    const weights = inputs.map(({ weight }) => t.weight(weight));
    const attributes = { groups, epsilon: this.epsilon, inputs: inputs.map(({ input }) => input) };
    return partsOf(t.graph, t.graph.apply("group_norm", [x, ...weights], attributes))[0];
  }
}

/**
 * Group normalization: y = (x − μ) / √(σ² + epsilon) · gamma + beta, with mean and population variance of a sample over all positions and
 * the channels of a group. The channels are the last axis; a group is `channels / groups` of them that follow each other. The same in
 * training and in `predict`.
 *
 * Shapes: x [batch, …, channels], gamma and beta [channels] → y of the shape of x. Defaults are Keras's: 32 groups, epsilon 1e-3.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const grouped = layers.groupNormalization({ groups: 4, inputShape: [8, 8, 16] });
 * const instance = layers.groupNormalization({ groups: -1 });
 * ```
 * @throws RangeError if `groups` is neither −1 nor an integer >= 1, or `epsilon` is negative; TypeError where it does not divide the
 *   channels, or for an unknown option
 *
 * Source: Wu and He, Group normalization, ECCV 2018; Ulyanov et al., Instance normalization, arXiv 1607.08022, 2016.
 */
export function groupNormalization(options?: GroupNormalizationOptions): GroupNormalization {
  return new GroupNormalization(options);
}

/** Its row of the table. */
export const groupNormalizationRow: LayerRow = defineRow({
  id: "group_normalization",
  create: (options: GroupNormalizationOptions, parts) => new GroupNormalization(options, parts),
});
