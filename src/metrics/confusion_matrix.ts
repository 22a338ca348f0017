import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { buildMetric } from "./build_metric.ts";
import { checkClass } from "./check_class.ts";
import { checkWidths } from "./check_widths.ts";
import { findLargest } from "./find_largest.ts";
import type { Metric, MetricBatch, MetricOptions, MetricState } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";
import { readSums } from "./read_sums.ts";
import type { StateValue } from "../tensor/state_value.ts";

/** Options of {@linkcode confusionMatrix}. */
export interface ConfusionMatrixOptions extends MetricOptions {
  /** How many classes there are. Default null: as many as columns of predictions, or 2 for a single column. */
  numClasses?: number | null;
  /** Where predictions have a single column, those above it are class 1. Default 0.5: of logits it is one of
   * their probabilities, where the loss says that they are logits; 0 or less, or over 1, it is one of logits. */
  threshold?: number;
}

/** A matrix of more classes would take more than 800 MB. */
const MOST_CLASSES = 10_000;

/**
 * How often each class was taken for each: row = label, column = prediction, entries are sums of sample weights.
 * The predicted class is the largest of a row (the first of equal ones), or for a single column [yPred > threshold].
 * `yTrue [rows, 1]` class indices or `[rows, classes]` one-hot, `yPred [rows, classes]` or `[rows, 1]`.
 * Neither direction is better. Same layout as scikit-learn's `confusion_matrix`.
 *
 * @param options `numClasses` (null), `threshold` (0.5), `name` (`"confusion_matrix"`).
 * @returns The metric; its result is `number[][]`, and its `update` throws a RangeError for a label that is no class.
 */
export function confusionMatrix(options: ConfusionMatrixOptions = {}): Metric {
  const id = "confusion_matrix";
  const what = `create ${id} metric`;
  checkOptions(what, options, ["name", "numClasses", "threshold"]);
  const { numClasses = null } = options;
  if (numClasses !== null) checkInteger(what, "numClasses", numClasses, { min: 2, max: MOST_CLASSES });
  const threshold = checkNumber(what, "threshold", options.threshold ?? 0.5);
  const config = { name: options.name ?? id, numClasses, threshold };
  return buildMetric(id, null, config, () => createState(id, numClasses, Math.fround(threshold)));
}

function createState(id: string, numClasses: number | null, threshold: number): MetricState {
  let classes = numClasses ?? 0;
  let counts = new Float64Array(classes * classes);
  return {
    reset(): void {
      counts.fill(0);
    },
    update(batch: MetricBatch): void {
      checkWidths(id, batch, "same or index");
      const { yTrue, yPred, rows, trueWidth, predWidth, sampleWeight } = batch;
      if (classes === 0) {
        if (predWidth > MOST_CLASSES) {
          throw new RangeError(
            `Cannot update ${id}: predictions must have at most ${MOST_CLASSES} classes, got ${predWidth}`,
          );
        }
        classes = Math.max(predWidth, 2);
        counts = new Float64Array(classes * classes);
      }
      if (predWidth > classes) {
        throw new RangeError(
          `Cannot update ${id}: numClasses must be at least the width of predictions (${predWidth}), got ${classes}`,
        );
      }
      for (let row = 0; row < rows; row++) {
        const weight = sampleWeight === null ? 1 : sampleWeight[row];
        if (weight === 0) continue;
        const start = row * predWidth;
        const predicted = predWidth === 1 ? (yPred[row] > threshold ? 1 : 0) : findLargest(yPred, start, predWidth);
        const label = trueWidth === 1
          ? checkClass(id, yTrue[row], classes, row)
          : findLargest(yTrue, row * trueWidth, trueWidth);
        counts[label * classes + predicted] += weight;
      }
    },
    result(): number[][] {
      return Array.from({ length: classes }, (_, i) => Array.from(counts.subarray(i * classes, (i + 1) * classes)));
    },
    getState: () => counts.slice(),
    setState(state: StateValue): void {
      const isSquare = (length: number): boolean => Number.isInteger(Math.sqrt(length));
      counts = readSums(id, state, (length) => numClasses === null ? isSquare(length) : length === numClasses ** 2);
      classes = Math.sqrt(counts.length);
    },
  };
}

/** Its row of the table. */
export const confusionMatrixRow: MetricRow = defineRow({
  id: "confusion_matrix",
  ofProbabilities: true,
  create: confusionMatrix,
});
