import * as rowSums from "../losses/gen/row_sums.ts";
import { defineRow } from "../tables/define_row.ts";
import { averageLoss } from "./average_loss.ts";
import { buildPlainMetric } from "./build_plain_metric.ts";
import { createRowMean } from "./create_row_mean.ts";
import type { Metric, MetricOptions } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

const measure = averageLoss(rowSums.log_cosh);

/**
 * The mean of ln(cosh(yPred − yTrue)) over rows and columns.
 * `yTrue [rows, width], yPred [rows, width]`. Lower is better. Source: Keras 3 `LogCoshError`.
 *
 * @param options `name` (`"logcosh"`).
 * @returns The metric.
 */
export function logCoshError(options: MetricOptions = {}): Metric {
  const id = "log_cosh_error";
  return buildPlainMetric(id, "min", options, () => createRowMean({ id, measure }), "logcosh");
}

/** Its row of the table. */
export const logCoshErrorRow: MetricRow = defineRow({
  id: "log_cosh_error",
  aliases: ["log_cosh", "logcosh"],
  create: logCoshError,
});
