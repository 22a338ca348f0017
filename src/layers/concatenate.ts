import { checkInteger } from "../errors/check_integer.ts";
import { defineRow } from "../tables/define_row.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { spreadMask } from "./spread_mask.ts";
import type { StepTracing } from "./step_tracing.ts";
import { checkStepAxis } from "./trace_step.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the layer that joins its inputs. */
export interface ConcatenateOptions extends LayerOptions {
  /** Along which axis, the batch being 0; negative ones count from the end. Default −1, the last. */
  axis?: number;
}

/** A layer that joins its inputs; see `layers.concatenate`. */
export class Concatenate extends Layer {
  readonly axis: number;

  constructor(options: ConcatenateOptions = {}) {
    super("concatenate", options, ["axis"]);
    this.axis = checkInteger("create concatenate layer", "axis", options.axis ?? -1);
    if (this.axis === 0) throw new RangeError("Cannot create concatenate layer: axis must not be 0, the batch");
    this.supportsMasking = true;
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), axis: this.axis };
  }

  protected override takes(inputs: number): boolean {
    return inputs >= 1;
  }

  override call(t: Tracing, ...inputs: Symbolic[]): Symbolic {
    const [{ shape }] = inputs;
    const axis = this.axis < 0 ? this.axis + shape.length : this.axis;
    const what = `Cannot apply layer "${this.name || this.type}"`;
    if (axis < 1 || axis >= shape.length) {
      throw new TypeError(
        `${what}: axis must be one of a sample's, 1 to ${
          shape.length - 1
        } or negative ones from the end, got ${this.axis} for samples of shape ${formatShape(shape.slice(1))}`,
      );
    }
    const others = (shape: readonly number[]): string =>
      formatShape(shape.map((length, k) => k === axis ? -1 : length));
    const stranger = inputs.find((input) => others(input.shape) !== others(shape));
    if (stranger !== undefined) {
      const [one, other] = [shape, stranger.shape].map((all) => formatShape(all.slice(1)));
      throw new TypeError(
        `${what}: its inputs must have samples whose shapes differ along axis ${this.axis} alone, got ${one} and ${other}`,
      );
    }
    const y = t.ops.concatenate(inputs, { axis });
    t.setMask(y, joinMasks(t, inputs, axis));
    return y;
  }

  /** The same to each step. */
  step(t: StepTracing, ...inputs: Symbolic[]): Symbolic {
    return this.call(t, checkStepAxis(this, inputs[0], this.axis), ...inputs.slice(1));
  }
}

/**
 * The masks of inputs along `axis`, or, where that is the last one, what counts in any of them; null if none has a mask. Where one has all axes
 * of its tensor, all have, and what counts is what does in any feature, as in Keras.
 */
function joinMasks(t: Tracing, inputs: readonly Symbolic[], axis: number): Symbolic | null {
  const masks = inputs.map((x) => t.mask(x));
  if (masks.every((mask) => mask === null)) return null;
  const { graph, ops } = t;
  const isByElement = masks.some((mask) => mask?.shape.length === inputs[0].shape.length);
  const whole = inputs.map(({ shape }, i): Symbolic => {
    const mask = masks[i];
    const wanted = isByElement ? shape : shape.slice(0, -1);
    return mask === null ? graph.constant(1, wanted) : spreadMask(ops, mask, wanted);
  });
  if (isByElement) return ops.max(ops.concatenate(whole, { axis }), { axis: -1 });
  if (axis < inputs[0].shape.length - 1) return ops.concatenate(whole, { axis });
  return whole.reduce((a, b) => ops.maximum(a, b));
}

/**
 * Joins its inputs along an axis: [batch, a] and [batch, b] → [batch, a + b].
 *
 * It takes any number of inputs, whose shapes are equal but along that axis. Masks are joined as well; an input without one counts
 * everywhere.
 *
 * @example
 * ```ts
 * import { input, layers, model } from "retroprop";
 * const x = input({ shape: [4] });
 * const a = layers.dense({ units: 3 }).apply(x);
 * const y = layers.concatenate().apply([x, a]); // [batch, 7]
 * const net = model({ inputs: x, outputs: y });
 * ```
 * @throws RangeError if `axis` is 0; TypeError when it is applied to inputs without that axis, or whose shapes differ otherwise
 */
export function concatenate(options?: ConcatenateOptions): Concatenate {
  return new Concatenate(options);
}

/** Its row of the table. */
export const concatenateRow: LayerRow = defineRow({ id: "concatenate", create: concatenate });
