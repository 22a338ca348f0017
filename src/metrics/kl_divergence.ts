import { defineRow } from "../tables/define_row.ts";
import { buildPlainMetric } from "./build_plain_metric.ts";
import { createRowMean, type MeasureRow } from "./create_row_mean.ts";
import type { Metric, MetricOptions } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

const EPSILON = 1e-7;

const measure: MeasureRow = (yTrue, yPred, trueStart, predStart, width) => {
  let sum = 0;
  for (let i = 0; i < width; i++) {
    const label = Math.min(Math.max(yTrue[trueStart + i], EPSILON), 1);
    const prediction = Math.min(Math.max(yPred[predStart + i], EPSILON), 1);
    sum += label * Math.log(label / prediction);
  }
  return sum;
};

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
  return buildPlainMetric(id, "min", options, () => createRowMean({ id, measure }));
}

/** Its row of the table. */
export const klDivergenceRow: MetricRow = defineRow({
  id: "kl_divergence",
  aliases: ["kld"],
  ofProbabilities: true,
  create: klDivergence,
});
