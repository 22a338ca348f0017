import type { Composing } from "../compose/composing.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { LabelKind } from "./loss.ts";
import type { Reduction } from "./reduction.ts";

/**
 * A loss of your own: a composition of ops.
 *
 * @example
 * ```ts
 * import { layers, sequential } from "retroprop";
 * import type { CustomLoss } from "retroprop";
 * const quantile = (at: number): CustomLoss => ({
 *   id: "quantile",
 *   config: { at },
 *   call({ ops }, yTrue, yPred) {
 *     const error = ops.subtract(yTrue, yPred);
 *     return ops.mean(ops.maximum(ops.multiply(error, at), ops.multiply(error, at - 1)), { axis: -1 });
 *   },
 * });
 * const model = sequential([layers.dense({ units: 1, inputShape: [2] })]);
 * model.compile({ optimizer: "sgd", loss: quantile(0.9) });
 * ```
 */
export interface CustomLoss {
  /** Its name, under which `loadModel(file, { custom: { losses } })` is given it again. */
  readonly id: string;
  /** Its options, as they are saved. Default none. */
  readonly config?: Readonly<Record<string, Json>>;
  /** How the values become one number. Default `sum_over_batch_size`: their mean. */
  readonly reduction?: Reduction;
  /** What labels must look like. Default `same`: finite numbers, of the predictions' shape. */
  readonly target?: LabelKind;
  /** The axis of predictions along which the classes lie, negative ones counted from the end, the batch being 0. Default −1. */
  readonly axis?: number;
  /** What turns predictions into probabilities, if the loss takes them for logits; metrics of probabilities apply it too. */
  readonly link?: "sigmoid" | "softmax";
  /**
   * Composes the loss of every row.
   *
   * @param t `t.ops` has the ops
   * @param yTrue the labels: the shape of `yPred`; for the target `class_index` that without its axis of classes
   * @param yPred the predictions [batch, …]
   * @returns a value for each row: any shape that has the batch first. Its mean over all values is made small
   */
  call(t: Composing, yTrue: Symbolic, yPred: Symbolic): Symbolic;
  /** For a loss that leaves values out by their label: 1 for each that counts, 0 for the others; null if all count. */
  rowWeights?(labels: ArrayLike<number>): Float32Array | null;
}
