import { checkBoolean } from "../errors/check_boolean.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import type { CrossentropyOptions } from "./binary_crossentropy.ts";
import { buildMetric } from "./build_metric.ts";
import { createRowMean, type MeasureRow } from "./create_row_mean.ts";
import { logShare } from "./log_share.ts";
import { measureLogTotal } from "./measure_log_total.ts";
import type { Metric } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

/**
 * The mean over rows of −Σ t·ln p over classes; p is yPred divided by its row's sum and clipped to [1e-7, 1 − 1e-7], or
 * softmax(yPred) unclipped if `fromLogits`; t = yTrue·(1 − labelSmoothing) + labelSmoothing / classes.
 * `yTrue [rows, classes], yPred [rows, classes]`. Lower is better. Source: Keras 3 `CategoricalCrossentropy`.
 *
 * @param options `fromLogits` (false), `labelSmoothing` (0), `name` (`"categorical_crossentropy"`).
 * @returns The metric.
 */
export function categoricalCrossentropy(options: CrossentropyOptions = {}): Metric {
  const id = "categorical_crossentropy";
  const what = `create ${id} metric`;
  checkOptions(what, options, ["name", "fromLogits", "labelSmoothing"]);
  const fromLogits = checkBoolean(what, "fromLogits", options.fromLogits ?? false);
  const labelSmoothing = checkNumber(what, "labelSmoothing", options.labelSmoothing ?? 0, { min: 0, max: 1 });
  const measure: MeasureRow = (yTrue, yPred, trueStart, predStart, width) => {
    let total = 0;
    if (fromLogits) total = measureLogTotal(yPred, predStart, width);
    else for (let i = 0; i < width; i++) total += yPred[predStart + i];
    let sum = 0;
    for (let i = 0; i < width; i++) {
      const label = yTrue[trueStart + i] * (1 - labelSmoothing) + labelSmoothing / width;
      if (label === 0) continue;
      const prediction = yPred[predStart + i];
      sum -= label * (fromLogits ? prediction - total : logShare(prediction, total));
    }
    return sum;
  };
  const config = { name: options.name ?? id, fromLogits, labelSmoothing };
  return buildMetric(id, "min", config, () => createRowMean({ id, measure }));
}

/** Its row of the table. */
export const categoricalCrossentropyRow: MetricRow = defineRow({
  id: "categorical_crossentropy",
  ofProbabilities: true,
  create: categoricalCrossentropy,
});
