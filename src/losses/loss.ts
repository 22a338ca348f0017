import type { Composing } from "../compose/composing.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { Reduction } from "./reduction.ts";

/**
 * What labels must look like.
 *
 * - `same`: any finite numbers, of the predictions' shape;
 * - `non_negative`: numbers ≥ 0, of the predictions' shape;
 * - `binary`: from 0 to 1, of the predictions' shape;
 * - `hinge`: all −1 or 1, or all 0 or 1, of the predictions' shape;
 * - `distribution`: ≥ 0, one row of weights of the classes (one-hot or soft), of the predictions' shape;
 * - `class_index`: one integer from 0 to the number of classes − 1 for each row of predictions.
 */
export type LabelKind = "same" | "non_negative" | "binary" | "hinge" | "distribution" | "class_index";

/** What a model is trained to make small: plain data, and how to add it to a graph. */
export interface Loss {
  /** Its Keras name, for example `mean_squared_error`. */
  readonly id: string;
  /** Its options, the reduction among them, as they are saved. */
  readonly config: Readonly<Record<string, Json>>;
  /** How the losses of the rows become one number. */
  readonly reduction: Reduction;
  /** What labels must look like. */
  readonly target: LabelKind;
  /** The axis of predictions along which the classes lie, negative ones counted from the end, the batch being 0. Default −1. */
  readonly axis?: number;
  /** What turns predictions into probabilities, if the loss takes them for logits; metrics of probabilities apply it too. */
  readonly link?: "sigmoid" | "softmax";
  /**
   * Adds the loss of every row to a graph.
   *
   * @param yTrue the labels: the shape of `yPred`, or for `class_index` that without its last axis (or with 1 there)
   * @param yPred the predictions [batch, …, width]
   * @returns one number a row: the shape of `yPred` without its last axis; of a loss of one's own any shape that has the batch first
   */
  call(g: Composing, yTrue: Symbolic, yPred: Symbolic): Symbolic;
  /** For a loss that leaves rows out by their label: 1 for each row that counts, 0 for the others; null if all count. */
  rowWeights?(labels: ArrayLike<number>): Float32Array | null;
}
