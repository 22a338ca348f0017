import type { Constraint } from "../constraints/constraint.ts";
import type { Initializer } from "../initializers/initializer.ts";
import type { Regularizer } from "../regularizers/regularizer.ts";
import type { Shape } from "../tensor/shape.ts";

/** A weight that a layer asks for when it is built. */
export interface WeightSpec {
  /** The name within the layer: `kernel`, `bias`, … */
  readonly name: string;
  /** Its shape. */
  readonly shape: Shape;
  /** What gives it its first values. */
  readonly initializer: Initializer;
  /** A penalty that is added to the loss. */
  readonly regularizer?: Regularizer | null;
  /** A rule that holds after every step. */
  readonly constraint?: Constraint | null;
  /** False for what a layer keeps for itself and no optimizer changes. Default true. */
  readonly trainable?: boolean;
  /**
   * Whether a training step computes and updates only those of its rows that are looked up (`ops.take` along axis 0), which then must be all
   * that is done with it. A row must have a multiple of 4 elements, there is no regularizer or constraint, and the optimizer must be `sgd`
   * without momentum or `adagrad`, without common options. Default false.
   */
  readonly sparse?: boolean;
  /**
   * Whether it is a state that batches carry on, in `predict` and `evaluate` as well, so that these take one batch after the other.
   * Default false.
   */
  readonly carried?: boolean;
}
