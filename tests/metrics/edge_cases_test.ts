import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { Metric, MetricResult } from "../../src/metrics/metric.ts";
import * as metrics from "../../src/metrics/metrics.ts";
import { makeBatch } from "./make_batch.ts";

function measure(metric: Metric, yTrue: number[], yPred: number[], rows: number, weights?: number[]): MetricResult {
  const state = metric.create();
  state.update(makeBatch(yTrue, yPred, rows, weights ?? null));
  return state.result();
}

Deno.test("of equal predictions argmax takes the first", () => {
  const yPred = [0.4, 0.4, 0.2, 0.2, 0.4, 0.4];
  assertEquals(measure(metrics.sparseCategoricalAccuracy(), [0, 1], yPred, 2), 1);
  assertEquals(measure(metrics.sparseCategoricalAccuracy(), [1, 2], yPred, 2), 0);
  assertEquals(measure(metrics.categoricalAccuracy(), [1, 0, 0, 0, 0, 1], yPred, 2), 0.5);
  assertEquals(measure(metrics.confusionMatrix(), [1, 2], yPred, 2), [[0, 0, 0], [1, 0, 0], [0, 1, 0]]);
});

Deno.test("categorical and sparse accuracy agree with a plain argmax on every small row", () => {
  for (let code = 0; code < 3 ** 8; code++) {
    const digits = Array.from({ length: 8 }, (_, i) => Math.floor(code / 3 ** i) % 3);
    const [yTrue, yPred] = [digits.slice(0, 4), digits.slice(4)];
    const label = yTrue.indexOf(Math.max(...yTrue));
    const want = yPred.indexOf(Math.max(...yPred)) === label ? 1 : 0;
    assertEquals(measure(metrics.categoricalAccuracy(), yTrue, yPred, 1), want, `${yTrue} ${yPred}`);
    assertEquals(measure(metrics.sparseCategoricalAccuracy(), [label], yPred, 1), want, `${label} ${yPred}`);
  }
});

Deno.test("in top k, classes equal to the k-th all count (TensorFlow's in_top_k)", () => {
  const yPred = [0.1, 0.3, 0.3, 0.3];
  const top = (k: number, label: number) => measure(metrics.sparseTopKCategoricalAccuracy({ k }), [label], yPred, 1);
  assertEquals([top(1, 1), top(1, 2), top(1, 3), top(1, 0)], [1, 1, 1, 0]);
  assertEquals([top(3, 0), top(4, 0), top(9, 0)], [0, 1, 1]);
});

Deno.test("with topK, precision takes the first of equal predictions only", () => {
  assertEquals(measure(metrics.precision({ topK: 1 }), [1, 0, 0], [0.4, 0.4, 0.2], 1), 1);
  assertEquals(measure(metrics.precision({ topK: 1 }), [0, 1, 0], [0.4, 0.4, 0.2], 1), 0);
  assertEquals(measure(metrics.recall({ topK: 2 }), [1, 1, 1], [0.4, 0.4, 0.4], 1), 2 / 3);
  assertEquals(measure(metrics.recall({ topK: 7 }), [1, 1, 1], [0.4, 0.4, 0.4], 1), 1);
});

Deno.test("a prediction equal to the threshold is negative, also where float32 rounds the threshold", () => {
  for (const threshold of [0.1, 0.3, 0.5, 0.7]) {
    assertEquals(measure(metrics.binaryAccuracy({ threshold }), [0], [threshold], 1), 1);
    assertEquals(measure(metrics.precision({ thresholds: threshold }), [1], [threshold], 1), 0);
    assertEquals(measure(metrics.recall({ thresholds: threshold }), [1], [threshold], 1), 0);
    assertEquals(measure(metrics.f1Score({ threshold }), [1], [threshold], 1), 0);
  }
});

Deno.test("with no positives, or nothing predicted, ratios are 0 and not NaN", () => {
  const none: [number[], number[], number] = [[0, 0, 0], [0.2, 0.1, 0.3], 3];
  for (const average of [null, "micro", "macro", "weighted"] as const) {
    assertEquals(measure(metrics.f1Score({ average }), ...none), 0);
  }
  assertEquals(measure(metrics.precision(), ...none), 0);
  assertEquals(measure(metrics.recall(), ...none), 0);
  for (const curve of ["ROC", "PR"] as const) assertEquals(measure(metrics.auc({ curve }), ...none), 0);
});

Deno.test("auc: Keras's documented example, and perfect, reversed and useless rankings", () => {
  const yTrue = [0, 0, 1, 1];
  assertEquals(measure(metrics.auc({ numThresholds: 3 }), yTrue, [0, 0.5, 0.3, 0.9], 4), 0.75);
  assertEquals(measure(metrics.auc({ numThresholds: 3 }), yTrue, [0, 0.5, 0.3, 0.9], 4, [1, 0, 0, 1]), 1);
  assertEquals(measure(metrics.auc(), yTrue, [0, 0.2, 0.8, 1], 4), 1);
  assertEquals(measure(metrics.auc(), yTrue, [1, 0.8, 0.2, 0], 4), 0);
  assertEquals(measure(metrics.auc(), yTrue, [0.4, 0.4, 0.4, 0.4], 4), 0.5);
  assertEquals(measure(metrics.auc({ fromLogits: true }), yTrue, [-90, -3, 3, 1000], 4), 1);
  assertEquals(measure(metrics.auc({ curve: "PR" }), yTrue, [0, 0.2, 0.8, 1], 4), 1);
});

Deno.test("f1: the largest of a row is positive, all of several equal ones, none if it is 0", () => {
  assertEquals(measure(metrics.f1Score(), [1, 1, 0], [0.4, 0.4, 0.2], 1), [1, 1, 0]);
  assertEquals(measure(metrics.f1Score(), [1, 1, 1], [0, 0, 0], 1), [0, 0, 0]);
  assertEquals(measure(metrics.f1Score(), [1, 0], [0.9, 0.1], 2), 1); // one column: cut at 0.5
});

Deno.test("r2: a constant target scores 1 if exact, else 0; large offsets keep their digits", () => {
  assertEquals(measure(metrics.r2Score(), [2, 2, 2], [2, 2, 2], 3), 1);
  assertEquals(measure(metrics.r2Score(), [2, 2, 2], [2, 2, 3], 3), 0);
  assertEquals(measure(metrics.r2Score({ classAggregation: "variance_weighted_average" }), [2, 2, 2], [2, 2, 3], 3), 0);
  assertEquals(measure(metrics.r2Score(), [1, 4, 3], [2, 4, 4], 3), 1 - 2 / (14 / 3));
  const far = 2 ** 23;
  assertEquals(measure(metrics.r2Score(), [far, far + 1, far + 2], [far, far + 1, far + 1], 3), 0.5);
  assertEquals(measure(metrics.r2Score({ numRegressors: 2 }), [1, 2, 3], [1, 2, 4], 3), 0.5); // n = p + 1: plain
  assertEquals(measure(metrics.r2Score({ classAggregation: null }), [1, 2, 3], [1, 2, 4], 3), 0.5);
});

Deno.test("crossentropies of certain but wrong predictions are finite", () => {
  const clipped = -Math.log(1e-7);
  assertAlmostEquals(measure(metrics.binaryCrossentropy(), [1, 0], [0, 1], 2) as number, clipped, 1e-12);
  assertAlmostEquals(measure(metrics.sparseCategoricalCrossentropy(), [0], [0, 1], 1) as number, clipped, 1e-12);
  assertAlmostEquals(measure(metrics.categoricalCrossentropy(), [1, 0], [0, 0], 1) as number, clipped, 1e-12);
  const logits = { fromLogits: true };
  assertEquals(measure(metrics.binaryCrossentropy(logits), [1], [-1000], 1), 1000);
  assertEquals(measure(metrics.categoricalCrossentropy(logits), [1, 0], [-1000, 1000], 1), 2000);
  assertEquals(measure(metrics.sparseCategoricalCrossentropy(logits), [0], [-1000, 1000], 1), 2000);
});

Deno.test("zeros in targets and rows of zeros give finite values", () => {
  assertAlmostEquals(measure(metrics.meanAbsolutePercentageError(), [0], [1], 1) as number, 1e9, 1e-3);
  assertEquals(measure(metrics.cosineSimilarity(), [0, 0], [1, 1], 1), 0);
  assertEquals(measure(metrics.logCoshError(), [0], [1e30], 1), Math.fround(1e30) - Math.LN2);
  assertAlmostEquals(measure(metrics.klDivergence(), [0, 1], [1, 0], 1) as number, -Math.log(1e-7), 1e-5);
  assertEquals(measure(metrics.hinge(), [0, 1, -1], [-2, 0.5, 1], 3), 2.5 / 3);
});

Deno.test("NaN predictions are misses, and AUC refuses them", () => {
  assertEquals(measure(metrics.sparseCategoricalAccuracy(), [0, 1], [NaN, NaN, 0, NaN], 2), 0);
  assertEquals(measure(metrics.sparseTopKCategoricalAccuracy(), [0], [NaN, 1], 1), 0);
  for (const yPred of [[NaN, 0.1, 0.9], [0.1, NaN, 0.9], [0.1, 0.9, NaN]]) {
    for (const yTrue of [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0.1, 0.2, 0.7]]) {
      assertEquals(measure(metrics.categoricalAccuracy(), yTrue, yPred, 1), 0);
    }
  }
  assertThrows(() => measure(metrics.auc(), [1], [NaN], 1), RangeError, "row 0, column 0");
});

Deno.test("labels that are no class: a miss for accuracy, an error where they would be an index", () => {
  for (const label of [-1, 3, 0.5, NaN]) {
    const yPred = [0.9, 0.05, 0.05];
    assertEquals(measure(metrics.sparseCategoricalAccuracy(), [label], yPred, 1), 0);
    assertEquals(measure(metrics.sparseTopKCategoricalAccuracy(), [label], yPred, 1), 0);
    for (const metric of [metrics.confusionMatrix(), metrics.sparseCategoricalCrossentropy()]) {
      assertThrows(() => measure(metric, [label], yPred, 1), RangeError, `from 0 to 2, got ${label} in row 0`);
    }
  }
  const ignore = metrics.sparseCategoricalCrossentropy({ ignoreClass: -1 });
  assertEquals(measure(ignore, [-1, 0], [0.5, 0.5, 0.5, 0.5], 2), Math.LN2);
});

Deno.test("widths that do not fit are TypeErrors that name the metric", () => {
  const wrong: [number[], number[], number] = [[1], [1, 2, 3], 1];
  assertThrows(
    () => measure(metrics.meanSquaredError(), ...wrong),
    TypeError,
    "Cannot update mean_squared_error: labels must be as wide as predictions (3), got width 1",
  );
  assertThrows(() => measure(metrics.sparseCategoricalAccuracy(), [1, 0], [1, 2, 3], 1), TypeError, "one class index");
  assertThrows(() => measure(metrics.precision(), [1, 0], [1, 2, 3], 1), TypeError, "got width 2");
  assertThrows(() => measure(metrics.precision({ classId: 3 }), ...wrong), RangeError, "classId");
  assertThrows(() => measure(metrics.auc({ labelWeights: [1] }), ...wrong), TypeError, "labelWeights");
  assertThrows(() => measure(metrics.auc({ multiLabel: true, numLabels: 2 }), ...wrong), TypeError, "numLabels");
  assertThrows(() => measure(metrics.confusionMatrix({ numClasses: 2 }), ...wrong), RangeError, "numClasses");
});

Deno.test("metrics whose memory grows with options or classes say what they can hold, before they take it", () => {
  const wide = new Float32Array(10_001);
  assertThrows(
    () => measure(metrics.confusionMatrix(), [1], wide as never, 1),
    RangeError,
    "Cannot update confusion_matrix: predictions must have at most 10000 classes, got 10001",
  );
  assertThrows(
    () => measure(metrics.auc({ multiLabel: true, numThresholds: 1_000_000 }), wide as never, wide as never, 1),
    RangeError,
    "Cannot update auc: numThresholds times labels must be at most 33554432, got 1000000 × 10001",
  );
});
