import type { Composing } from "../compose/composing.ts";
import type { Json } from "../tensor/json.ts";
import type { StateValue } from "../tensor/state_value.ts";
import type { Symbolic } from "../tensor/symbolic.ts";

/**
 * One batch as metrics see it: views of the model's memory, valid during the call of `update` only.
 * Both arrays are row-major, `[rows, width]`; rows is the product of all axes but the last.
 */
export interface MetricBatch {
  /** Labels, `[rows, trueWidth]`. Class indices are floats that hold integers. */
  readonly yTrue: Float32Array;
  /** Predictions, `[rows, predWidth]`: probabilities unless a metric says otherwise; for a metric of one's own as the model gives
   * them. */
  readonly yPred: Float32Array;
  /** How many rows. */
  readonly rows: number;
  /** Values in a row of labels: as many as predictions, or 1 for class indices. */
  readonly trueWidth: number;
  /** Values in a row of predictions. */
  readonly predWidth: number;
  /** One weight a row, or null for all 1. A row of weight 0 is left out, whatever is in it. */
  readonly sampleWeight: Float32Array | null;
}

/** What a metric yields: a number, one number a class or threshold, or a matrix. Never NaN for finite input. */
export type MetricResult = number | number[] | number[][];

/** A running metric. The result does not depend on how the rows were cut into batches. */
export interface MetricState {
  /** Forgets everything seen. */
  reset(): void;
  /** Takes in one batch. The first batch after `create` may allocate, later ones do not. */
  update(batch: MetricBatch): void;
  /** The value over all batches since the last reset; 0 where there is nothing to divide by. */
  result(): MetricResult;
  /** A copy of what was counted since the last reset, for backups within an epoch: plain data, see `StateValue`. */
  getState?(): StateValue;
  /** Goes on from what `getState` gave. */
  setState?(state: StateValue): void;
}

/** A metric: what it is called, how to save it, and how to start counting. */
export interface Metric {
  /** Its row in the table of metrics, or `"custom"`. */
  readonly id: string;
  /** The key in logs and history. */
  readonly name: string;
  /** Its options, with defaults filled in: `{ id, config }` is the saved form. */
  readonly config: Readonly<Record<string, Json>>;
  /** Whether higher or lower is better; null if neither can be said. */
  readonly direction: "max" | "min" | null;
  /** A fresh state, all zero. */
  create(): MetricState;
  /**
   * Of a composed metric: adds a value for each row to a graph. Its state gets these in place of the predictions, in one column, and no labels.
   */
  readonly call?: (t: Composing, yTrue: Symbolic, yPred: Symbolic) => Symbolic;
}

/** The option that every metric takes. */
export interface MetricOptions {
  /** The key in logs and history. Default: the metric's own name. */
  name?: string;
}
