import { defineRow } from "../tables/define_row.ts";
import { buildMetric } from "./build_metric.ts";
import { checkCountOptions, type CountOptions } from "./check_count_options.ts";
import { createCounts } from "./create_counts.ts";
import type { Metric } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

/**
 * Which share of the positive predictions are labelled so: TP / (TP + FP), 0 if nothing is predicted positive.
 * All columns count together unless `classId` picks one; a prediction is positive above the threshold and, where `topK`
 * is given, among the k largest of its row. `yTrue [rows, width]` 0 or 1 (or class indices `[rows, 1]`, read as
 * one-hot), `yPred [rows, width]`. Where the loss takes predictions for logits, they are turned into probabilities first,
 * unless `thresholds` is 0. Higher is better. Source: Keras 3 `Precision`.
 *
 * @param options `thresholds` (0.5, or none with topK), `topK` (null), `classId` (null), `name` (`"precision"`).
 * @returns The metric; its result is a list if `thresholds` is one of several numbers.
 */
export function precision(options: CountOptions = {}): Metric {
  const id = "precision";
  const config = checkCountOptions(`create ${id} metric`, options);
  return buildMetric(
    id,
    "max",
    { name: options.name ?? id, ...config },
    () =>
      createCounts(id, config, ({ truePositives, falsePositives }, i) => {
        const predicted = truePositives[i] + falsePositives[i];
        return predicted === 0 ? 0 : truePositives[i] / predicted;
      }),
  );
}

/** Its row of the table. */
export const precisionRow: MetricRow = defineRow({ id: "precision", ofProbabilities: true, create: precision });
