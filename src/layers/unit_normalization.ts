import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import type { StepTracing } from "./step_tracing.ts";
import { checkStepAxis } from "./trace_step.ts";
import type { Tracing } from "./tracing.ts";
import { type Axes, checkAxes, trailingAxes } from "./trailing_axes.ts";

/** Options of the unit normalization. */
export interface UnitNormalizationOptions extends LayerOptions {
  /** The axes that are normalised together, counted with the batch: the last one, or the last ones. Default −1. */
  axis?: Axes;
}

/** A layer that gives rows the length 1; see `layers.unitNormalization`. */
export class UnitNormalization extends Layer {
  readonly axis: Axes;

  constructor(options: UnitNormalizationOptions = {}) {
    super("unit_normalization", options, ["axis"]);
    this.axis = checkAxes("create unit_normalization layer", options.axis);
    this.supportsMasking = true;
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), axis: this.axis };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const axes = trailingAxes(this.name, this.axis, x.shape.slice(1)).length;
    const rows = t.ops.reshape(x, [...x.shape.slice(0, -axes), sizeOf(x.shape.slice(-axes))]);
    return t.ops.reshape(t.ops.l2Normalize(rows), x.shape);
  }

  /** The same to each step. */
  step(t: StepTracing, x: Symbolic): Symbolic {
    const axes = trailingAxes(this.name, this.axis, x.shape.slice(1)).length;
    return this.call(t, checkStepAxis(this, x, -axes));
  }
}

/**
 * Unit normalization: y = x / √max(Σ x², 1e-12), with the sum over the last axis of a sample, or over its last axes together.
 *
 * Shapes: x [batch, …, in] → y of the shape of x. The bound is Keras's.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const directions = layers.unitNormalization();
 * ```
 * @throws TypeError if `axis` names others than the last axes of a sample, or an option is unknown
 */
export function unitNormalization(options?: UnitNormalizationOptions): UnitNormalization {
  return new UnitNormalization(options);
}

/** Its row of the table. */
export const unitNormalizationRow: LayerRow = defineRow({ id: "unit_normalization", create: unitNormalization });
