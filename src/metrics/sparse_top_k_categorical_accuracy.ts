import { checkInteger } from "../errors/check_integer.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { buildMetric } from "./build_metric.ts";
import { createRowMean, type MeasureRow } from "./create_row_mean.ts";
import { isInTop } from "./is_in_top.ts";
import type { Metric } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";
import type { TopKOptions } from "./top_k_categorical_accuracy.ts";

/**
 * How often the labelled class is among the k largest predictions. Predictions equal to the k-th largest all count as
 * in; a label that is no class is a miss. `yTrue [rows, 1]` class indices, `yPred [rows, classes]` probabilities or
 * logits. Higher is better. Source: Keras 3 `SparseTopKCategoricalAccuracy`.
 *
 * @param options `k` (5), `name` (`"sparse_top_k_categorical_accuracy"`).
 * @returns The metric.
 */
export function sparseTopKCategoricalAccuracy(options: TopKOptions = {}): Metric {
  const id = "sparse_top_k_categorical_accuracy";
  const what = `create ${id} metric`;
  checkOptions(what, options, ["name", "k"]);
  const k = checkInteger(what, "k", options.k ?? 5, { min: 1 });
  const measure: MeasureRow = (yTrue, yPred, trueStart, predStart, width) =>
    isInTop(yPred, predStart, width, yTrue[trueStart], k) ? 1 : 0;
  return buildMetric(
    id,
    "max",
    { name: options.name ?? id, k },
    () => createRowMean({ id, measure, labels: "index" }),
  );
}

/** Its row of the table. */
export const sparseTopKCategoricalAccuracyRow: MetricRow = defineRow({
  id: "sparse_top_k_categorical_accuracy",
  create: sparseTopKCategoricalAccuracy,
});
