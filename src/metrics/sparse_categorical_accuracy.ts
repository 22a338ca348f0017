import { defineRow } from "../tables/define_row.ts";
import { buildPlainMetric } from "./build_plain_metric.ts";
import { createRowMean, type MeasureRow } from "./create_row_mean.ts";
import { isLargest } from "./is_largest.ts";
import type { Metric, MetricOptions } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

const measure: MeasureRow = (yTrue, yPred, trueStart, predStart, width) =>
  isLargest(yPred, predStart, width, yTrue[trueStart]) ? 1 : 0;

/**
 * How often the largest prediction stands at the label: mean over rows of [argmax(yPred) = yTrue];
 * of equal values the first counts. A row with NaN, or a label that is no class, is a miss.
 * `yTrue [rows, 1]` class indices, `yPred [rows, classes]` probabilities or logits. Higher is better.
 * Source: Keras 3 `SparseCategoricalAccuracy`.
 *
 * @param options `name` (`"sparse_categorical_accuracy"`).
 * @returns The metric.
 */
export function sparseCategoricalAccuracy(options: MetricOptions = {}): Metric {
  const id = "sparse_categorical_accuracy";
  return buildPlainMetric(id, "max", options, () => createRowMean({ id, measure, labels: "index" }));
}

/** Its row of the table. */
export const sparseCategoricalAccuracyRow: MetricRow = defineRow({
  id: "sparse_categorical_accuracy",
  create: sparseCategoricalAccuracy,
});
