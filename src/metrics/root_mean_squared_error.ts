import * as rowSums from "../losses/gen/row_sums.ts";
import { defineRow } from "../tables/define_row.ts";
import { averageLoss } from "./average_loss.ts";
import { buildPlainMetric } from "./build_plain_metric.ts";
import { createRowMean } from "./create_row_mean.ts";
import type { Metric, MetricOptions } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

const measure = averageLoss(rowSums.squared_error);

/**
 * The square root of the mean of (yPred − yTrue)² over all rows and columns (not the mean of roots).
 * `yTrue [rows, width], yPred [rows, width]`. Lower is better. Source: Keras 3 `RootMeanSquaredError`.
 *
 * @param options `name` (`"root_mean_squared_error"`).
 * @returns The metric.
 */
export function rootMeanSquaredError(options: MetricOptions = {}): Metric {
  const id = "root_mean_squared_error";
  return buildPlainMetric(id, "min", options, () => createRowMean({ id, measure, finish: Math.sqrt }));
}

/** Its row of the table. */
export const rootMeanSquaredErrorRow: MetricRow = defineRow({
  id: "root_mean_squared_error",
  aliases: ["rmse"],
  create: rootMeanSquaredError,
});
