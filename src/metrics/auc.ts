import { defineRow } from "../tables/define_row.ts";
import { buildMetric } from "./build_metric.ts";
import { type AucOptions, checkAucOptions } from "./check_auc_options.ts";
import { createBuckets } from "./create_buckets.ts";
import type { Json } from "../tensor/json.ts";
import type { Metric } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

/**
 * The area under a curve: how well predictions rank positives above negatives, whatever the threshold. 0.5 is chance and 1
 * perfect for `ROC`. The curve is known at `numThresholds` evenly spread thresholds (more are more exact).
 * All columns count together unless `multiLabel`. 0 where there are no positives, or for ROC no negatives.
 * `yTrue [rows, width]` 0 or 1 (or class indices `[rows, 1]`, read as one-hot), `yPred [rows, width]` in [0, 1]
 * (clipped), or logits with `fromLogits`. Higher is better. Source: Keras 3 `AUC`.
 *
 * @param options `numThresholds` (200), `curve` (`"ROC"`), `summationMethod` (`"interpolation"`), `thresholds` (null),
 *   `multiLabel` (false), `numLabels` (null), `labelWeights` (null), `fromLogits` (false), `name` (`"auc"`).
 * @returns The metric.
 */
export function auc(options: AucOptions = {}): Metric {
  const id = "auc";
  const config = checkAucOptions(`create ${id} metric`, options);
  const saved: Record<string, Json> = { name: options.name ?? id, ...config };
  return buildMetric(id, "max", saved, () => createBuckets(id, config));
}

/** Its row of the table. */
export const aucRow: MetricRow = defineRow({ id: "auc", ofProbabilities: true, create: auc });
