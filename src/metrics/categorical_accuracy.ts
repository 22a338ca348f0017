import { defineRow } from "../tables/define_row.ts";
import { buildPlainMetric } from "./build_plain_metric.ts";
import { createRowMean, type MeasureRow } from "./create_row_mean.ts";
import type { Metric, MetricOptions } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

/** Finds both largest values in one pass: `hit` says whether they stand in the same column so far. */
const measure: MeasureRow = (yTrue, yPred, trueStart, predStart, width) => {
  let label = yTrue[trueStart];
  let prediction = yPred[predStart];
  let hit = prediction === prediction ? 1 : 0;
  for (let i = 1; i < width; i++) {
    const nextLabel = yTrue[trueStart + i];
    const next = yPred[predStart + i];
    if (nextLabel > label) {
      label = nextLabel;
      hit = next > prediction ? 1 : 0;
    } else if (!(next <= prediction)) hit = 0;
    if (next > prediction || next !== next) prediction = next; // a NaN stays, and nothing is a hit after it
  }
  return hit;
};

/**
 * How often the largest prediction stands where the largest label stands: mean over rows of
 * [argmax(yPred) = argmax(yTrue)]; of equal values the first counts. A row with NaN is a miss.
 * `yTrue [rows, classes]` one-hot, `yPred [rows, classes]` probabilities or logits. Higher is better.
 * Source: Keras 3 `CategoricalAccuracy`.
 *
 * @param options `name` (`"categorical_accuracy"`).
 * @returns The metric.
 */
export function categoricalAccuracy(options: MetricOptions = {}): Metric {
  const id = "categorical_accuracy";
  return buildPlainMetric(id, "max", options, () => createRowMean({ id, measure }));
}

/** Its row of the table. */
export const categoricalAccuracyRow: MetricRow = defineRow({ id: "categorical_accuracy", create: categoricalAccuracy });
