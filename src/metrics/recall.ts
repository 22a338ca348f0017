import { defineRow } from "../tables/define_row.ts";
import { buildMetric } from "./build_metric.ts";
import { checkCountOptions, type CountOptions } from "./check_count_options.ts";
import { createCounts } from "./create_counts.ts";
import type { Metric } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

/**
 * Which share of the labelled positives are predicted so: TP / (TP + FN), 0 if nothing is labelled.
 * All columns count together unless `classId` picks one; a prediction is positive above the threshold and, where `topK`
 * is given, among the k largest of its row. `yTrue [rows, width]` 0 or 1 (or class indices `[rows, 1]`, read as
 * one-hot), `yPred [rows, width]`. Where the loss takes predictions for logits, they are turned into probabilities first,
 * unless `thresholds` is 0. Higher is better. Source: Keras 3 `Recall`.
 *
 * @param options `thresholds` (0.5, or none with topK), `topK` (null), `classId` (null), `name` (`"recall"`).
 * @returns The metric; its result is a list if `thresholds` is one of several numbers.
 */
export function recall(options: CountOptions = {}): Metric {
  const id = "recall";
  const config = checkCountOptions(`create ${id} metric`, options);
  return buildMetric(
    id,
    "max",
    { name: options.name ?? id, ...config },
    () =>
      createCounts(id, config, ({ truePositives, falseNegatives }, i) => {
        const labelled = truePositives[i] + falseNegatives[i];
        return labelled === 0 ? 0 : truePositives[i] / labelled;
      }),
  );
}

/** Its row of the table. */
export const recallRow: MetricRow = defineRow({ id: "recall", ofProbabilities: true, create: recall });
