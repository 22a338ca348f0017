import type { Composing } from "../compose/composing.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";

/**
 * A metric of your own that is a composition of ops: the mean of a value for each row, over all batches.
 *
 * It is computed along with the step, and so on every thread and in every search. A metric that is no mean is an object with `create`.
 *
 * @example
 * ```ts
 * import { layers, sequential } from "retroprop";
 * import type { ComposedMetric } from "retroprop";
 * const within: ComposedMetric = {
 *   id: "within_one",
 *   direction: "max",
 *   call: ({ ops }, yTrue, yPred) => ops.mean(ops.less(ops.abs(ops.subtract(yTrue, yPred)), 1), { axis: -1 }),
 * };
 * const model = sequential([layers.dense({ units: 1, inputShape: [2] })]);
 * model.compile({ optimizer: "sgd", loss: "mse", metrics: [within] });
 * ```
 */
export interface ComposedMetric {
  /** Its name, under which `loadModel(file, { custom: { metrics } })` is given it again. */
  readonly id: string;
  /** The key in logs and history. Default: the id. */
  readonly name?: string;
  /** Its options, as they are saved. Default none. */
  readonly config?: Readonly<Record<string, Json>>;
  /** Whether higher or lower is better. Default null: not said. */
  readonly direction?: "max" | "min" | null;
  /**
   * Composes the value of every row.
   *
   * @param t `t.ops` has the ops
   * @param yTrue the labels, as the loss gets them
   * @param yPred the predictions [batch, …], as the model gives them
   * @returns a value for each row: any shape that has the batch first
   */
  call(t: Composing, yTrue: Symbolic, yPred: Symbolic): Symbolic;
}
