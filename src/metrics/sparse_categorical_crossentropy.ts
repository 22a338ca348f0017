import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { buildMetric } from "./build_metric.ts";
import { checkClass } from "./check_class.ts";
import { createRowMean, type MeasureRow } from "./create_row_mean.ts";
import { logShare } from "./log_share.ts";
import { measureLogTotal } from "./measure_log_total.ts";
import type { Metric, MetricOptions } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";

/** Options of {@linkcode sparseCategoricalCrossentropy}. */
export interface SparseCrossentropyOptions extends MetricOptions {
  /** Whether predictions are logits, not probabilities. Default false. */
  fromLogits?: boolean;
  /** A label whose rows are left out of the mean, or null. Default null. */
  ignoreClass?: number | null;
}

/**
 * The mean over rows of −ln p at the labelled class; p is yPred divided by its row's sum and clipped to
 * [1e-7, 1 − 1e-7], or softmax(yPred) unclipped if `fromLogits`. Rows labelled `ignoreClass` are left out.
 * `yTrue [rows, 1]` class indices, `yPred [rows, classes]`. Lower is better.
 * Source: Keras 3 `SparseCategoricalCrossentropy`.
 *
 * @param options `fromLogits` (false), `ignoreClass` (null), `name` (`"sparse_categorical_crossentropy"`).
 * @returns The metric; its `update` throws a RangeError for a label that is no class.
 */
export function sparseCategoricalCrossentropy(options: SparseCrossentropyOptions = {}): Metric {
  const id = "sparse_categorical_crossentropy";
  const what = `create ${id} metric`;
  checkOptions(what, options, ["name", "fromLogits", "ignoreClass"]);
  const fromLogits = checkBoolean(what, "fromLogits", options.fromLogits ?? false);
  const ignoreClass = options.ignoreClass ?? null;
  if (ignoreClass !== null) checkInteger(what, "ignoreClass", ignoreClass);
  const measure: MeasureRow = (yTrue, yPred, trueStart, predStart, width) => {
    const label = checkClass(id, yTrue[trueStart], width, trueStart);
    const prediction = yPred[predStart + label];
    if (fromLogits) return measureLogTotal(yPred, predStart, width) - prediction;
    let total = 0;
    for (let i = predStart; i < predStart + width; i++) total += yPred[i];
    return -logShare(prediction, total);
  };
  const config = { name: options.name ?? id, fromLogits, ignoreClass };
  return buildMetric(
    id,
    "min",
    config,
    () => createRowMean({ id, measure, labels: "index", ignoreLabel: ignoreClass }),
  );
}

/** Its row of the table. */
export const sparseCategoricalCrossentropyRow: MetricRow = defineRow({
  id: "sparse_categorical_crossentropy",
  ofProbabilities: true,
  create: sparseCategoricalCrossentropy,
});
