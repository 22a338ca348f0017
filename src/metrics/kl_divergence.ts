import * as rowSums from "../losses/gen/row_sums.ts";
import { defineRow } from "../tables/define_row.ts";
import { buildPlainMetric } from "./build_plain_metric.ts";
import { createRowMean } from "./create_row_mean.ts";
import type { Metric, MetricOptions } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

/**
 * The Kullback-Leibler divergence: Σ yTrue·ln(yTrue / yPred) over columns, its mean over rows.
 * Both are clipped to [1e-7, 1].
 * `yTrue [rows, width], yPred [rows, width]`. Lower is better. Source: Keras 3 `KLDivergence`.
 *
 * @param options `name` (`"kl_divergence"`).
 * @returns The metric.
 */
export function klDivergence(options: MetricOptions = {}): Metric {
  const id = "kl_divergence";
  return buildPlainMetric(id, "min", options, () => createRowMean({ id, measure: rowSums.kl_divergence }));
}

/** Its row of the table. */
export const klDivergenceRow: MetricRow = defineRow({
  id: "kl_divergence",
  aliases: ["kld"],
  ofProbabilities: true,
  create: klDivergence,
});
