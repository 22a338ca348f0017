import * as rowSums from "../losses/gen/row_sums.ts";
import { defineRow } from "../tables/define_row.ts";
import { averageLoss } from "./average_loss.ts";
import { buildPlainMetric } from "./build_plain_metric.ts";
import { createRowMean } from "./create_row_mean.ts";
import type { Metric, MetricOptions } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

const measure = averageLoss(rowSums.absolute_relative_error, 100);

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
