import * as rowSums from "../losses/gen/row_sums.ts";
import { defineRow } from "../tables/define_row.ts";
import { averageLoss } from "./average_loss.ts";
import { buildPlainMetric } from "./build_plain_metric.ts";
import { createRowMean } from "./create_row_mean.ts";
import type { Metric, MetricOptions } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

const measure = averageLoss(rowSums.hinge);

/**
 * The mean of max(1 − yTrue·yPred, 0) over rows and columns.
 * Labels are −1 and 1; 0 counts as −1. (Keras converts only batches that hold nothing but 0 and 1; here each label is
 * converted on its own, so that the result does not depend on batches.)
 * `yTrue [rows, width], yPred [rows, width]`. Lower is better. Source: Keras 3 `Hinge`.
 *
 * @param options `name` (`"hinge"`).
 * @returns The metric.
 */
export function hinge(options: MetricOptions = {}): Metric {
  const id = "hinge";
  return buildPlainMetric(id, "min", options, () => createRowMean({ id, measure }));
}

/** Its row of the table. */
export const hingeRow: MetricRow = defineRow({ id: "hinge", create: hinge });
