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
}
