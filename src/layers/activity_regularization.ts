import { l1L2 } from "../regularizers/l1_l2.ts";
import type { Regularizer } from "../regularizers/regularizer.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import type { StepTracing } from "./step_tracing.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the activity regularization layer. */
export interface ActivityRegularizationOptions extends LayerOptions {
  /** The factor of Σ |x|. Default 0. */
  l1?: number;
  /** The factor of Σ x². Default 0. */
  l2?: number;
}

/** A layer that penalises what passes through it; see `layers.activityRegularization`. */
export class ActivityRegularization extends Layer {
  readonly #regularizer: Regularizer;

  constructor(options?: ActivityRegularizationOptions) {
    super("activity_regularization", options, ["l1", "l2"]);
    const { l1 = 0, l2 = 0 } = options ?? {};
    this.#regularizer = l1L2({ l1, l2 });
    this.supportsMasking = true;
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), ...this.#regularizer.config };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    t.addLoss(this.#regularizer.penalty(t.graph, x));
    return x;
  }

  /** The same to each step. */
  step(t: StepTracing, x: Symbolic): Symbolic {
    return this.call(t, x);
  }
}

/**
 * Adds l1 · Σ |x| + l2 · Σ x² to the loss, summed over the whole batch and not divided by it, as in Keras 3: y = x.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const sparse = layers.activityRegularization({ l1: 1e-3 });
 * ```
 * @throws RangeError if a factor is negative or not finite
 */
export function activityRegularization(options?: ActivityRegularizationOptions): ActivityRegularization {
  return new ActivityRegularization(options);
}

/** Its row of the table. */
export const activityRegularizationRow: LayerRow = defineRow({
  id: "activity_regularization",
  create: activityRegularization,
});
