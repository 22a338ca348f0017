import { defineRow } from "../tables/define_row.ts";
import { buildPlainMetric } from "./build_plain_metric.ts";
import { createRowMean, type MeasureRow } from "./create_row_mean.ts";
import type { Metric, MetricOptions } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

const measure: MeasureRow = (yTrue, yPred, trueStart, predStart, width) => {
  let sum = 0;
  for (let i = 0; i < width; i++) {
    sum += Math.abs(yPred[predStart + i] - yTrue[trueStart + i]);
  }
  return sum / width;
};

/**
 * The mean of |yPred − yTrue| over rows and columns.
 * `yTrue [rows, width], yPred [rows, width]`. Lower is better. Source: Keras 3 `MeanAbsoluteError`.
 *
 * @param options `name` (`"mean_absolute_error"`).
 * @returns The metric.
 */
export function meanAbsoluteError(options: MetricOptions = {}): Metric {
  const id = "mean_absolute_error";
  return buildPlainMetric(id, "min", options, () => createRowMean({ id, measure }));
}

/** Its row of the table. */
export const meanAbsoluteErrorRow: MetricRow = defineRow({
  id: "mean_absolute_error",
  aliases: ["mae"],
  create: meanAbsoluteError,
});
