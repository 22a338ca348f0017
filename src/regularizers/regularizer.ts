import type { Json } from "../tensor/json.ts";
import type { Builder, Symbolic } from "../tensor/symbolic.ts";

/** A penalty on a weight or on a layer's output, added to the loss. Regularizers are plain values: `id` and `config` are their saved form. */
export interface Regularizer {
  /** The name in the table of regularizers, snake_case. */
  readonly id: string;
  /** The options in full, as JSON; `resolveRegularizer({ id, config })` restores the regularizer. */
  readonly config: Readonly<Record<string, Json>>;
  /**
   * Adds the penalty to a graph.
   *
   * @param g What nodes are added to.
   * @param w The weight, or a layer's output.
   * @returns The penalty, a scalar of shape [].
   */
  penalty(g: Builder, w: Symbolic): Symbolic;
}
