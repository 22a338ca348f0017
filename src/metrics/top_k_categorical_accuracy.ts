import { checkInteger } from "../errors/check_integer.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { buildMetric } from "./build_metric.ts";
import { createRowMean, type MeasureRow } from "./create_row_mean.ts";
import { findLargest } from "./find_largest.ts";
import { isInTop } from "./is_in_top.ts";
import type { Metric, MetricOptions } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

/** Options of {@linkcode topKCategoricalAccuracy} and {@linkcode sparseTopKCategoricalAccuracy}. */
export interface TopKOptions extends MetricOptions {
  /** How many of the largest predictions are looked at. Default 5. */
  k?: number;
}

/**
 * How often the labelled class is among the k largest predictions. Predictions equal to the k-th largest all count as
 * in. `yTrue [rows, classes]` one-hot, `yPred [rows, classes]` probabilities or logits. Higher is better.
 * Source: Keras 3 `TopKCategoricalAccuracy`.
 *
 * @param options `k` (5), `name` (`"top_k_categorical_accuracy"`).
 * @returns The metric.
 */
export function topKCategoricalAccuracy(options: TopKOptions = {}): Metric {
  const id = "top_k_categorical_accuracy";
  const what = `create ${id} metric`;
  checkOptions(what, options, ["name", "k"]);
  const k = checkInteger(what, "k", options.k ?? 5, { min: 1 });
  const measure: MeasureRow = (yTrue, yPred, trueStart, predStart, width) =>
    isInTop(yPred, predStart, width, findLargest(yTrue, trueStart, width), k) ? 1 : 0;
  return buildMetric(id, "max", { name: options.name ?? id, k }, () => createRowMean({ id, measure }));
}

/** Its row of the table. */
export const topKCategoricalAccuracyRow: MetricRow = defineRow({
  id: "top_k_categorical_accuracy",
  create: topKCategoricalAccuracy,
});
