import { checkBoolean } from "../errors/check_boolean.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import * as rowSums from "../losses/gen/row_sums.ts";
import { defineRow } from "../tables/define_row.ts";
import { buildMetric } from "./build_metric.ts";
import { createRowMean, type MeasureRow } from "./create_row_mean.ts";
import { logShare } from "./log_share.ts";
import type { Metric, MetricOptions } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

/** Options of {@linkcode binaryCrossentropy} and {@linkcode categoricalCrossentropy}. */
export interface CrossentropyOptions extends MetricOptions {
  /** Whether predictions are logits, not probabilities. Default false. */
  fromLogits?: boolean;
  /** How much of each label is spread evenly over all classes, in [0, 1]. Default 0. */
  labelSmoothing?: number;
}

/**
 * The mean of −(t·ln p + (1 − t)·ln(1 − p)) over rows and columns; p is yPred clipped to [1e-7, 1 − 1e-7], or
 * sigmoid(yPred) unclipped if `fromLogits`; t = yTrue·(1 − labelSmoothing) + labelSmoothing / 2.
 * `yTrue [rows, width], yPred [rows, width]`. Lower is better. Source: Keras 3 `BinaryCrossentropy`.
 *
 * @param options `fromLogits` (false), `labelSmoothing` (0), `name` (`"binary_crossentropy"`).
 * @returns The metric.
 */
export function binaryCrossentropy(options: CrossentropyOptions = {}): Metric {
  const id = "binary_crossentropy";
  const what = `create ${id} metric`;
  checkOptions(what, options, ["name", "fromLogits", "labelSmoothing"]);
  const fromLogits = checkBoolean(what, "fromLogits", options.fromLogits ?? false);
  const labelSmoothing = checkNumber(what, "labelSmoothing", options.labelSmoothing ?? 0, { min: 0, max: 1 });
  const [keep, plus] = [1 - labelSmoothing, 0.5 * labelSmoothing];
  const ofLogits: MeasureRow = (yTrue, yPred, trueStart, predStart, width) =>
    rowSums.binary_crossentropy_logits(yTrue, yPred, trueStart, predStart, width, keep, plus) / width;
  // Not the loss's formula: p and 1 − p are clipped each, so that ln(1 − p) is as exact as ln p.
  const ofProbabilities: MeasureRow = (yTrue, yPred, trueStart, predStart, width) => {
    let sum = 0;
    for (let i = 0; i < width; i++) {
      const label = yTrue[trueStart + i] * keep + plus;
      const prediction = yPred[predStart + i];
      sum -= label * logShare(prediction, 1) + (1 - label) * logShare(1 - prediction, 1);
    }
    return sum / width;
  };
  const measure = fromLogits ? ofLogits : ofProbabilities;
  const config = { name: options.name ?? id, fromLogits, labelSmoothing };
  return buildMetric(id, "min", config, () => createRowMean({ id, measure }));
}

/** Its row of the table. */
export const binaryCrossentropyRow: MetricRow = defineRow({
  id: "binary_crossentropy",
  aliases: ["bce"],
  ofProbabilities: true,
  create: binaryCrossentropy,
});
