import type { Json } from "../tensor/json.ts";
import type { Builder, Symbolic } from "../tensor/symbolic.ts";

/** A rule that a weight keeps after every step. Constraints are plain values: `id` and `config` are their saved form. */
export interface Constraint {
  /** The name in the table of constraints, snake_case. */
  readonly id: string;
  /** The options in full, as JSON; `resolveConstraint({ id, config })` restores the constraint. */
  readonly config: Readonly<Record<string, Json>>;
  /**
   * Adds the projection to a graph.
   *
   * @param g What nodes are added to.
   * @param w The weight.
   * @returns The weight that keeps the rule, of the same shape.
   */
  project(g: Builder, w: Symbolic): Symbolic;
}
