import { softmax as activation } from "../activations/softmax.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { FixedActivation } from "./fixed_activation.ts";
import type { LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { spreadMask } from "./spread_mask.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the softmax layer. */
export interface SoftmaxLayerOptions extends LayerOptions {
  /** The axis that is normalised, negative ones counted from the end, 0 being the batch. Default −1. */
  axis?: number;
}

/** What takes the place of a masked element, whose exponential is 0 beside any other; Keras's number. */
const MASKED = -1e9;

/** The softmax layer. Make one with `layers.softmax(options)`. */
export class Softmax extends FixedActivation {
  /** A softmax over an axis. */
  constructor(options?: SoftmaxLayerOptions) {
    super("softmax", options, ["axis"], activation);
    this.takesMask = true;
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const { axis } = this.activation.config as { axis: number };
    const { length } = x.shape;
    const mask = t.mask(x);
    // A mask without the axis masks whole softmaxes, which go on with it.
    if (mask === null || (axis < 0 ? axis + length : axis) >= mask.shape.length) return super.call(t, x);
    const counts = spreadMask(t.ops, mask, x.shape);
    const y = t.ops.multiply(super.call(t, t.ops.where(counts, x, MASKED)), counts);
    if (mask.shape.length === length) t.setMask(y, null);
    return y;
  }
}

/**
 * Softmax over an axis as a layer, the last one unless given: y[j] = e^x[j] / Σ e^x[k].
 *
 * With a mask, x's own or `apply(x, { mask })`, of the shape of the first axes of x up to the axis that is normalised, or more: what is masked
 * gets the probability 0, and the others the softmax of their own; where all is masked, all are 0. A mask of every element ends here,
 * since its work is done. A mask that ends before the axis has no influence on values, and goes on.
 *
 * @example
 * ```ts
 * import { input, layers, model } from "retroprop";
 * const scores = input({ shape: [3] });
 * const allowed = input({ shape: [3] });
 * const play = model({ inputs: [scores, allowed], outputs: layers.softmax().apply(scores, { mask: allowed }) });
 * play.predict([[[1, 1, 5]], [[1, 1, 0]]]); // [[0.5, 0.5, 0]]
 * ```
 */
export function softmax(options?: SoftmaxLayerOptions): Softmax {
  return new Softmax(options);
}

/** Its row of the table. */
export const softmaxRow: LayerRow = defineRow({ id: "softmax", create: softmax });
