import type { AucConfig } from "./check_auc_options.ts";
import { checkWidths } from "./check_widths.ts";
import { fitColumns } from "./fit_columns.ts";
import { isPositive } from "./is_positive.ts";
import { type Buckets, measureArea } from "./measure_area.ts";
import type { MetricBatch, MetricState } from "./metric.ts";
import { readSums } from "./read_sums.ts";
import type { StateValue } from "../tensor/state_value.ts";

/** More would take more than 512 MiB. */
const MOST_BUCKETS = 2 ** 25;

/**
 * The state of AUC: a histogram of predictions over thresholds, one of positive and one of negative labels (a pair for each
 * column with `multiLabel`). An update costs one bucket a value, however many thresholds there are.
 * The first threshold lies below 0 and the last above 1, so that every prediction is above the first.
 *
 * @param id The metric, for errors.
 * @param config The checked options.
 * @returns The state.
 */
export function createBuckets(id: string, config: AucConfig): MetricState {
  const { curve, summationMethod, multiLabel, numLabels, labelWeights, fromLogits } = config;
  // Thresholds are float32, as predictions are. The two at the ends need not be kept: nothing is compared with them.
  const inner = config.thresholds === null ? null : Float32Array.from(config.thresholds);
  const count = inner === null ? config.numThresholds : inner.length + 2;
  let positives = new Float64Array(0);
  let negatives = new Float64Array(0);
  const steps = count - 1;

  /** The bucket of a prediction p: the last threshold that is below it. */
  function findBucket(prediction: number): number {
    const p = fromLogits ? Math.fround(1 / (1 + Math.exp(-prediction))) : Math.min(Math.max(prediction, 0), 1);
    if (inner === null) return Math.max(Math.ceil(Math.fround(p * steps)) - 1, 0);
    let [low, high] = [0, inner.length]; // inner[i] is threshold i + 1
    while (low < high) {
      const middle = (low + high) >> 1;
      if (inner[middle] < p) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    reset(): void {
      positives.fill(0);
      negatives.fill(0);
    },
    update(batch: MetricBatch): void {
      checkWidths(id, batch, "same or index");
      const { yTrue, yPred, rows, trueWidth, predWidth, sampleWeight } = batch;
      checkLabels(id, predWidth, numLabels, labelWeights);
      const size = multiLabel ? count * predWidth : count;
      if (size > MOST_BUCKETS) {
        throw new RangeError(
          `Cannot update ${id}: numThresholds times labels must be at most ${MOST_BUCKETS}, got ${count} × ${predWidth}`,
        );
      }
      positives = fitColumns(id, positives, size);
      negatives = fitColumns(id, negatives, size);
      for (let row = 0; row < rows; row++) {
        const weight = sampleWeight === null ? 1 : sampleWeight[row];
        if (weight === 0) continue;
        for (let column = 0; column < predWidth; column++) {
          const prediction = yPred[row * predWidth + column];
          if (prediction !== prediction) {
            throw new RangeError(
              `Cannot update ${id}: predictions must be finite, got NaN in row ${row}, column ${column} of the batch`,
            );
          }
          const bucket = (multiLabel ? column * count : 0) + findBucket(prediction);
          const labels = isPositive(yTrue, row, column, trueWidth, predWidth) ? positives : negatives;
          labels[bucket] += labelWeights === null || multiLabel ? weight : weight * labelWeights[column];
        }
      }
    },
    result(): number {
      let [area, total] = [0, 0];
      for (let start = 0; start < positives.length; start += count) {
        const buckets: Buckets = { positives, negatives, start, count };
        const weight = multiLabel && labelWeights !== null ? labelWeights[start / count] : 1;
        area += weight * measureArea(buckets, curve, summationMethod);
        total += weight;
      }
      return total === 0 ? 0 : area / total;
    },
    getState: () => [positives.slice(), negatives.slice()],
    setState(state: StateValue): void {
      const lists = Array.isArray(state) ? state : [];
      const first = readSums(id, lists[0], (length) => length % count === 0);
      negatives = readSums(id, lists[1], (length) => length === first.length);
      positives = first;
    },
  };
}

function checkLabels(id: string, width: number, numLabels: number | null, weights: readonly number[] | null): void {
  if (numLabels !== null && numLabels !== width) {
    throw new TypeError(`Cannot update ${id}: numLabels must be the width of predictions (${width}), got ${numLabels}`);
  }
  if (weights !== null && weights.length !== width) {
    throw new TypeError(
      `Cannot update ${id}: labelWeights must be one a column of predictions (${width}), got ${weights.length}`,
    );
  }
}
