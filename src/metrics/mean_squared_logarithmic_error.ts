import { defineRow } from "../tables/define_row.ts";
import { buildPlainMetric } from "./build_plain_metric.ts";
import { createRowMean, type MeasureRow } from "./create_row_mean.ts";
import type { Metric, MetricOptions } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

const EPSILON = 1e-7;

const measure: MeasureRow = (yTrue, yPred, trueStart, predStart, width) => {
  let sum = 0;
  for (let i = 0; i < width; i++) {
    const error = Math.log1p(Math.max(yPred[predStart + i], EPSILON)) -
      Math.log1p(Math.max(yTrue[trueStart + i], EPSILON));
    sum += error * error;
  }
  return sum / width;
};

/**
 * The mean of (ln(1 + yPred) − ln(1 + yTrue))² over rows and columns; values below 1e-7 count as 1e-7.
 * `yTrue [rows, width], yPred [rows, width]`. Lower is better. Source: Keras 3 `MeanSquaredLogarithmicError`.
 *
 * @param options `name` (`"mean_squared_logarithmic_error"`).
 * @returns The metric.
 */
export function meanSquaredLogarithmicError(options: MetricOptions = {}): Metric {
  const id = "mean_squared_logarithmic_error";
  return buildPlainMetric(id, "min", options, () => createRowMean({ id, measure }));
}

/** Its row of the table. */
export const meanSquaredLogarithmicErrorRow: MetricRow = defineRow({
  id: "mean_squared_logarithmic_error",
  aliases: ["msle"],
  create: meanSquaredLogarithmicError,
});
