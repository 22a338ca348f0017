import { ones } from "../initializers/ones.ts";
import { checkNumber } from "../errors/check_number.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { normalizeRows } from "./normalize_rows.ts";
import type { StepTracing } from "./step_tracing.ts";
import { checkStepAxis } from "./trace_step.ts";
import type { Tracing } from "./tracing.ts";
import { type Axes, checkAxes, trailingAxes } from "./trailing_axes.ts";

/** Options of the root mean square normalization. */
export interface RMSNormalizationOptions extends LayerOptions {
  /** The axes that are normalised together, counted with the batch: the last one, or the last ones. Default −1. */
  axis?: Axes;
  /** What is added to the mean square. Default 1e-6. */
  epsilon?: number;
}

const WHAT = "create rms_normalization layer";

/** A layer that divides rows by their root mean square; see `layers.rmsNormalization`. */
export class RMSNormalization extends Layer {
  readonly axis: Axes;
  readonly epsilon: number;

  constructor(options: RMSNormalizationOptions = {}) {
    super("rms_normalization", options, ["axis", "epsilon"]);
    this.axis = checkAxes(WHAT, options.axis);
    this.epsilon = checkNumber(WHAT, "epsilon", options.epsilon ?? 1e-6, { min: 0 });
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), axis: this.axis, epsilon: this.epsilon };
  }

  protected override build(inputShape: Shape): void {
    this.addWeight({ name: "scale", shape: trailingAxes(this.name, this.axis, inputShape), initializer: ones() });
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const axes = trailingAxes(this.name, this.axis, x.shape.slice(1)).length;
    const inputs = [{ input: "scale", weight: "scale" } as const];
    return normalizeRows(t, x, { axes, center: false, epsilon: this.epsilon, inputs });
  }

  /** The same to each step. */
  step(t: StepTracing, x: Symbolic): Symbolic {
    const axes = trailingAxes(this.name, this.axis, x.shape.slice(1)).length;
    return this.call(t, checkStepAxis(this, x, -axes));
  }
}

/**
 * Root mean square normalization: y = x / √(mean(x²) + epsilon) · scale, with the mean over the last axis of a sample, or over its last
 * axes together. The same in training and in `predict`.
 *
 * Shapes: x [batch, …, in], scale of the sizes of `axis`, [in], ones at first → y of the shape of x. Defaults are Keras's: axis −1,
 * epsilon 1e-6.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const rows = layers.rmsNormalization();
 * ```
 * @throws TypeError if `axis` names others than the last axes of a sample, or an option is unknown; RangeError if `epsilon` is negative
 *
 * Source: Zhang and Sennrich, Root mean square layer normalization, NeurIPS 2019.
 */
export function rmsNormalization(options?: RMSNormalizationOptions): RMSNormalization {
  return new RMSNormalization(options);
}

/** Its row of the table. */
export const rmsNormalizationRow: LayerRow = defineRow({ id: "rms_normalization", create: rmsNormalization });
