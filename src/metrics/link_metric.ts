import { auc } from "./auc.ts";
import { binaryCrossentropy } from "./binary_crossentropy.ts";
import { categoricalCrossentropy } from "./categorical_crossentropy.ts";
import { type MetricId, metricTable } from "./gen/table.ts";
import type { Metric, MetricBatch, MetricState } from "./metric.ts";
import { sparseCategoricalCrossentropy } from "./sparse_categorical_crossentropy.ts";

/** What turns logits into probabilities: the one that the loss applies. */
export type Link = "sigmoid" | "softmax";

/** Those that have a way of their own to take logits, by the link that it applies. */
const FROM_LOGITS: Readonly<Record<Link, Readonly<Record<string, (options: object) => Metric>>>> = {
  sigmoid: { auc, binary_crossentropy: binaryCrossentropy },
  softmax: {
    categorical_crossentropy: categoricalCrossentropy,
    sparse_categorical_crossentropy: sparseCategoricalCrossentropy,
  },
};

/**
 * The metric for predictions that are logits: one that takes them for probabilities gets them as probabilities.
 *
 * Left as it is: a metric that was made for logits (`fromLogits: true`), one whose thresholds are none of probabilities (0 or less, or over 1),
 * and one of the user's own.
 *
 * @param link What turns the logits into probabilities; null if predictions are no logits.
 */
export function linkMetric(metric: Metric, link: Link | null): Metric {
  const { id, config } = metric;
  if (link === null || !takesProbabilities(id) || config.fromLogits === true || hasLogitThresholds(config)) {
    return metric;
  }
  const own = FROM_LOGITS[link];
  if (Object.hasOwn(own, id)) return own[id]({ ...config, fromLogits: true });
  return Object.freeze({ ...metric, create: () => applyLink(metric.create(), link) });
}

function takesProbabilities(id: string): boolean {
  return Object.hasOwn(metricTable, id) && metricTable[id as MetricId].ofProbabilities === true;
}

function hasLogitThresholds({ threshold = null, thresholds = null }: Metric["config"]): boolean {
  const given = [threshold ?? thresholds ?? []].flat() as number[];
  return given.length > 0 && given.every((each) => each <= 0 || each > 1);
}

/** A state that turns predictions into probabilities before it takes them in. */
function applyLink(state: MetricState, link: Link): MetricState {
  let probabilities = new Float32Array(0);
  const linked: { -readonly [K in keyof MetricBatch]: MetricBatch[K] } = {
    yTrue: probabilities,
    yPred: probabilities,
    rows: 0,
    trueWidth: 1,
    predWidth: 1,
    sampleWeight: null,
  };
  return {
    reset: () => state.reset(),
    update(batch: MetricBatch): void {
      const { yPred, predWidth } = batch;
      if (probabilities.length !== yPred.length) probabilities = new Float32Array(yPred.length);
      if (link === "sigmoid") {
        for (let i = 0; i < yPred.length; i++) {
          probabilities[i] = 1 / (1 + Math.exp(-yPred[i]));
        }
      } else for (let i = 0; i < yPred.length; i += predWidth) writeSoftmax(probabilities, yPred, i, predWidth);
      linked.yTrue = batch.yTrue;
      linked.yPred = probabilities;
      linked.rows = batch.rows;
      linked.trueWidth = batch.trueWidth;
      linked.predWidth = predWidth;
      linked.sampleWeight = batch.sampleWeight;
      state.update(linked);
    },
    result: () => state.result(),
  };
}

function writeSoftmax(into: Float32Array, logits: Float32Array, start: number, width: number): void {
  let top = -Infinity;
  for (let i = start; i < start + width; i++) if (logits[i] > top) top = logits[i];
  let sum = 0;
  for (let i = start; i < start + width; i++) sum += Math.exp(logits[i] - top);
  for (let i = start; i < start + width; i++) into[i] = Math.exp(logits[i] - top) / sum;
}
