import { defineRow } from "../tables/define_row.ts";
import { buildPlainMetric } from "./build_plain_metric.ts";
import { createRowMean, type MeasureRow } from "./create_row_mean.ts";
import type { Metric, MetricOptions } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

const EPSILON = 1e-7;

const measure: MeasureRow = (yTrue, yPred, trueStart, predStart, width) => {
  let sum = 0;
  for (let i = 0; i < width; i++) {
    const label = yTrue[trueStart + i];
    sum += Math.abs((yPred[predStart + i] - label) / Math.max(Math.abs(label), EPSILON));
  }
  return 100 * sum / width;
};

/**
 * 100 times the mean of |yPred − yTrue| / max(|yTrue|, 1e-7) over rows and columns, in percent.
 * `yTrue [rows, width], yPred [rows, width]`. Lower is better. Source: Keras 3 `MeanAbsolutePercentageError`.
 *
 * @param options `name` (`"mean_absolute_percentage_error"`).
 * @returns The metric.
 */
export function meanAbsolutePercentageError(options: MetricOptions = {}): Metric {
  const id = "mean_absolute_percentage_error";
  return buildPlainMetric(id, "min", options, () => createRowMean({ id, measure }));
}

/** Its row of the table. */
export const meanAbsolutePercentageErrorRow: MetricRow = defineRow({
  id: "mean_absolute_percentage_error",
  aliases: ["mape"],
  create: meanAbsolutePercentageError,
});
