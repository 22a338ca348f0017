import { checkWidths, type LabelWidth } from "./check_widths.ts";
import type { MetricBatch, MetricState } from "./metric.ts";
import { readSums } from "./read_sums.ts";
import type { StateValue } from "../tensor/state_value.ts";

/**
 * The value of one row. `trueStart` and `predStart` are where the row begins in each array, `width` is the width of
 * the predictions.
 */
export type MeasureRow = (
  yTrue: Float32Array,
  yPred: Float32Array,
  trueStart: number,
  predStart: number,
  width: number,
) => number;

/** What a mean over rows needs to know. */
export interface RowMeanOptions {
  /** The metric, for errors. */
  id: string;
  /** The value of one row. */
  measure: MeasureRow;
  /** How wide labels must be. Default `"same"`. */
  labels?: LabelWidth;
  /** Applied to the mean at the end, e.g. a square root. */
  finish?: (mean: number) => number;
  /** A label that takes its row out of the mean, or null. */
  ignoreLabel?: number | null;
}

/**
 * A state that averages a value over rows: Σ weight·value / Σ weight, in float64 and in the order of rows, so that the
 * result is the same to the bit however the rows are cut into batches. It is 0 if all weights are 0.
 *
 * @param options The value of a row, and what labels it needs.
 * @returns The state.
 */
export function createRowMean(options: RowMeanOptions): MetricState & { result(): number } {
  const { id, measure, labels = "same", finish, ignoreLabel = null } = options;
  const sums = new Float64Array(2); // Σ weight·value, Σ weight
  return {
    reset(): void {
      sums.fill(0);
    },
    update(batch: MetricBatch): void {
      checkWidths(id, batch, labels);
      const { yTrue, yPred, rows, trueWidth, predWidth, sampleWeight } = batch;
      let total = sums[0];
      let count = sums[1];
      for (let row = 0; row < rows; row++) {
        const weight = sampleWeight === null ? 1 : sampleWeight[row];
        const trueStart = row * trueWidth;
        if (weight === 0 || (ignoreLabel !== null && yTrue[trueStart] === ignoreLabel)) continue;
        total += weight * measure(yTrue, yPred, trueStart, row * predWidth, predWidth);
        count += weight;
      }
      sums[0] = total;
      sums[1] = count;
    },
    result(): number {
      const mean = sums[1] === 0 ? 0 : sums[0] / sums[1];
      return finish === undefined ? mean : finish(mean);
    },
    getState: () => sums.slice(),
    setState(state: StateValue): void {
      sums.set(readSums(id, state, (length) => length === 2));
    },
  };
}
