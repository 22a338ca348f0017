import { defineRow } from "../tables/define_row.ts";
import { buildPlainMetric } from "./build_plain_metric.ts";
import { createRowMean, type MeasureRow } from "./create_row_mean.ts";
import type { Metric, MetricOptions } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

const measure: MeasureRow = (yTrue, yPred, trueStart, predStart, width) => {
  let sum = 0;
  for (let i = 0; i < width; i++) {
    const error = Math.abs(yPred[predStart + i] - yTrue[trueStart + i]);
    sum += error + Math.log1p(Math.exp(-2 * error)) - Math.LN2;
  }
  return sum / width;
};

/**
 * The mean of ln(cosh(yPred − yTrue)) over rows and columns, computed as |x| + ln(1 + exp(−2|x|)) − ln 2.
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
