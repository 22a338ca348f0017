import * as rowSums from "../losses/gen/row_sums.ts";
import { defineRow } from "../tables/define_row.ts";
import { averageLoss } from "./average_loss.ts";
import { buildPlainMetric } from "./build_plain_metric.ts";
import { createRowMean } from "./create_row_mean.ts";
import type { Metric, MetricOptions } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

const measure = averageLoss(rowSums.absolute_error);

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
