import type { CountConfig } from "./check_count_options.ts";
import { checkWidths } from "./check_widths.ts";
import { isPositive } from "./is_positive.ts";
import type { MetricBatch, MetricState } from "./metric.ts";
import { readSums } from "./read_sums.ts";
import type { StateValue } from "../tensor/state_value.ts";

/** Weighted counts at each threshold. */
export interface Counts {
  /** Labelled and predicted. */
  readonly truePositives: Float64Array;
  /** Predicted, not labelled. */
  readonly falsePositives: Float64Array;
  /** Labelled, not predicted. */
  readonly falseNegatives: Float64Array;
}

/**
 * A state that counts true positives, false positives and false negatives at one or more thresholds, then divides.
 *
 * @param id The metric, for errors.
 * @param config The checked options.
 * @param divide The result at threshold i.
 * @returns The state; its result is a number for one threshold, a list for several given as a list.
 */
export function createCounts(
  id: string,
  config: CountConfig,
  divide: (counts: Counts, i: number) => number,
): MetricState {
  const { topK, classId } = config;
  // Predictions are float32: 0.1 must compare as the float32 next to it.
  const thresholds = Float32Array.from([config.thresholds ?? (topK === null ? 0.5 : -Infinity)].flat());
  const size = thresholds.length;
  const counts: Counts = {
    truePositives: new Float64Array(size),
    falsePositives: new Float64Array(size),
    falseNegatives: new Float64Array(size),
  };
  const { truePositives, falsePositives, falseNegatives } = counts;
  return {
    reset(): void {
      truePositives.fill(0);
      falsePositives.fill(0);
      falseNegatives.fill(0);
    },
    update(batch: MetricBatch): void {
      checkWidths(id, batch, "same or index");
      const { yTrue, yPred, rows, trueWidth, predWidth, sampleWeight } = batch;
      if (classId !== null && classId >= predWidth) {
        throw new RangeError(
          `Cannot update ${id}: classId must be a column of predictions (< ${predWidth}), got ${classId}`,
        );
      }
      const first = classId ?? 0;
      const end = classId === null ? predWidth : classId + 1;
      for (let row = 0; row < rows; row++) {
        const weight = sampleWeight === null ? 1 : sampleWeight[row];
        if (weight === 0) continue;
        const start = row * predWidth;
        const last = topK === null || topK >= predWidth ? -1 : findRank(yPred, start, predWidth, topK);
        for (let column = first; column < end; column++) {
          const value = yPred[start + column];
          const positive = isPositive(yTrue, row, column, trueWidth, predWidth);
          const inTop = last < 0 || value > yPred[start + last] || (value === yPred[start + last] && column <= last);
          for (let i = 0; i < size; i++) {
            if (inTop && value > thresholds[i]) {
              if (positive) truePositives[i] += weight;
              else falsePositives[i] += weight;
            } else if (positive) falseNegatives[i] += weight;
          }
        }
      }
    },
    result(): number | number[] {
      if (!Array.isArray(config.thresholds) || size === 1) return divide(counts, 0);
      return Array.from(thresholds, (_, i) => divide(counts, i));
    },
    getState: () => [truePositives.slice(), falsePositives.slice(), falseNegatives.slice()],
    setState(state: StateValue): void {
      const lists = Array.isArray(state) ? state : [];
      const read = [0, 1, 2].map((i) => readSums(id, lists[i], (length) => length === size));
      [truePositives, falsePositives, falseNegatives].forEach((list, i) => list.set(read[i]));
    },
  };
}

/** The column of the k-th largest value of a row, k < width; equal values rank by column. Found in k passes. */
function findRank(values: Float32Array, start: number, width: number, k: number): number {
  let last = -1;
  for (let pass = 0; pass < k; pass++) {
    let best = -1;
    for (let column = 0; column < width; column++) {
      const value = values[start + column];
      const isAfterLast = last < 0 || value < values[start + last] || (value === values[start + last] && column > last);
      if (isAfterLast && (best < 0 || value > values[start + best])) best = column;
    }
    if (best < 0) break; // NaN in the row
    last = best;
  }
  return last;
}
