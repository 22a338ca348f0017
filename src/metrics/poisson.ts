import * as rowSums from "../losses/gen/row_sums.ts";
import { defineRow } from "../tables/define_row.ts";
import { averageLoss } from "./average_loss.ts";
import { buildPlainMetric } from "./build_plain_metric.ts";
import { createRowMean } from "./create_row_mean.ts";
import type { Metric, MetricOptions } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

const measure = averageLoss(rowSums.poisson);

/**
 * The mean of yPred − yTrue·ln(yPred + 1e-7) over rows and columns: the negative log-likelihood of counts, without the
 * part that predictions do not change. Predictions must be >= 0.
 * `yTrue [rows, width], yPred [rows, width]`. Lower is better. Source: Keras 3 `Poisson`.
 *
 * @param options `name` (`"poisson"`).
 * @returns The metric.
 */
export function poisson(options: MetricOptions = {}): Metric {
  const id = "poisson";
  return buildPlainMetric(id, "min", options, () => createRowMean({ id, measure }));
}

/** Its row of the table. */
export const poissonRow: MetricRow = defineRow({ id: "poisson", create: poisson });
