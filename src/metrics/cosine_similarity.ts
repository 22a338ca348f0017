import { defineRow } from "../tables/define_row.ts";
import { buildPlainMetric } from "./build_plain_metric.ts";
import { createRowMean, type MeasureRow } from "./create_row_mean.ts";
import type { Metric, MetricOptions } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

const EPSILON = 1e-7;

const measure: MeasureRow = (yTrue, yPred, trueStart, predStart, width) => {
  let dot = 0;
  let trueSquares = 0;
  let predSquares = 0;
  for (let i = 0; i < width; i++) {
    const label = yTrue[trueStart + i];
    const prediction = yPred[predStart + i];
    dot += label * prediction;
    trueSquares += label * label;
    predSquares += prediction * prediction;
  }
  return dot / (Math.max(Math.sqrt(trueSquares), EPSILON) * Math.max(Math.sqrt(predSquares), EPSILON));
};

/**
 * The mean over rows of yTrue·yPred / (‖yTrue‖‖yPred‖): 1 for the same direction, 0 at a right angle, −1 for opposite.
 * Lengths below 1e-7 count as 1e-7, so a row of zeros gives 0.
 * `yTrue [rows, width], yPred [rows, width]`. Higher is better. Source: Keras 3 `CosineSimilarity`.
 *
 * @param options `name` (`"cosine_similarity"`).
 * @returns The metric.
 */
export function cosineSimilarity(options: MetricOptions = {}): Metric {
  const id = "cosine_similarity";
  return buildPlainMetric(id, "max", options, () => createRowMean({ id, measure }));
}

/** Its row of the table. */
export const cosineSimilarityRow: MetricRow = defineRow({ id: "cosine_similarity", create: cosineSimilarity });
