import { buildPlainMetric } from "./build_plain_metric.ts";
import { createRowMean, type MeasureRow } from "./create_row_mean.ts";
import { findLargest } from "./find_largest.ts";
import { isLargest } from "./is_largest.ts";
import type { Metric, MetricOptions } from "./metric.ts";

const measure: MeasureRow = (yTrue, yPred, trueStart, predStart, width) =>
  isLargest(yPred, predStart, width, findLargest(yTrue, trueStart, width)) ? 1 : 0;

/**
 * How often the largest prediction stands where the largest label stands: mean over rows of
 * [argmax(yPred) = argmax(yTrue)]; of equal values the first counts. A row with NaN is a miss.
 * `yTrue [rows, classes]` one-hot, `yPred [rows, classes]` probabilities or logits. Higher is better.
 * Source: Keras 3 `CategoricalAccuracy`.
 *
 * @param options `name` (`"categorical_accuracy"`).
 * @returns The metric.
 */
export function categoricalAccuracy(options: MetricOptions = {}): Metric {
  const id = "categorical_accuracy";
  return buildPlainMetric(id, "max", options, () => createRowMean({ id, measure }));
}
