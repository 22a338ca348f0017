import * as rowSums from "../losses/gen/row_sums.ts";
import { defineRow } from "../tables/define_row.ts";
import { averageLoss } from "./average_loss.ts";
import { buildPlainMetric } from "./build_plain_metric.ts";
import { createRowMean } from "./create_row_mean.ts";
import type { Metric, MetricOptions } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

const measure = averageLoss(rowSums.squared_logarithmic_error);

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
