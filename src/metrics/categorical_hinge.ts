import { defineRow } from "../tables/define_row.ts";
import { buildPlainMetric } from "./build_plain_metric.ts";
import { createRowMean, type MeasureRow } from "./create_row_mean.ts";
import type { Metric, MetricOptions } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

const measure: MeasureRow = (yTrue, yPred, trueStart, predStart, width) => {
  let positive = 0;
  let negative = -Infinity;
  for (let i = 0; i < width; i++) {
    const label = yTrue[trueStart + i];
    const prediction = yPred[predStart + i];
    positive += label * prediction;
    negative = Math.max(negative, (1 - label) * prediction);
  }
  return Math.max(negative - positive + 1, 0);
};

/**
 * The mean over rows of max(negative − positive + 1, 0), where positive = Σ yTrue·yPred and
 * negative = max((1 − yTrue)·yPred) over columns. Labels are one-hot.
 * `yTrue [rows, width], yPred [rows, width]`. Lower is better. Source: Keras 3 `CategoricalHinge`.
 *
 * @param options `name` (`"categorical_hinge"`).
 * @returns The metric.
 */
export function categoricalHinge(options: MetricOptions = {}): Metric {
  const id = "categorical_hinge";
  return buildPlainMetric(id, "min", options, () => createRowMean({ id, measure }));
}

/** Its row of the table. */
export const categoricalHingeRow: MetricRow = defineRow({ id: "categorical_hinge", create: categoricalHinge });
