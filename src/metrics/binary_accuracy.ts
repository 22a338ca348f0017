import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { buildMetric } from "./build_metric.ts";
import { createRowMean, type MeasureRow } from "./create_row_mean.ts";
import type { Metric, MetricOptions } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

/** Options of {@linkcode binaryAccuracy}. */
export interface BinaryAccuracyOptions extends MetricOptions {
  /**
   * Predictions above it count as 1, the others as 0. Default 0.5. It is one of probabilities, also where the loss takes predictions for
   * logits; 0 or less, or over 1, it is one of logits.
   */
  threshold?: number;
}

/**
 * How often a prediction above the threshold meets a label of 1, or one at or below it a label of 0:
 * mean over rows and columns of [(yPred > threshold) = yTrue].
 * `yTrue [rows, width], yPred [rows, width]`. Higher is better. Source: Keras 3 `BinaryAccuracy`.
 *
 * @param options `threshold` (0.5), `name` (`"binary_accuracy"`).
 * @returns The metric.
 */
export function binaryAccuracy(options: BinaryAccuracyOptions = {}): Metric {
  const id = "binary_accuracy";
  const what = `create ${id} metric`;
  checkOptions(what, options, ["name", "threshold"]);
  const threshold = checkNumber(what, "threshold", options.threshold ?? 0.5);
  const limit = Math.fround(threshold); // predictions are float32: 0.1 must compare as the float32 next to it
  const measure: MeasureRow = (yTrue, yPred, trueStart, predStart, width) => {
    let hits = 0;
    for (let i = 0; i < width; i++) {
      if (yTrue[trueStart + i] === (yPred[predStart + i] > limit ? 1 : 0)) hits++;
    }
    return hits / width;
  };
  return buildMetric(id, "max", { name: options.name ?? id, threshold }, () => createRowMean({ id, measure }));
}

/** Its row of the table. */
export const binaryAccuracyRow: MetricRow = defineRow({
  id: "binary_accuracy",
  ofProbabilities: true,
  create: binaryAccuracy,
});
