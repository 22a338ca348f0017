import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { gridSearch, layers, loadModel, losses, metrics, sequential } from "../../mod.ts";
import type { Sequential } from "../../mod.ts";
import { drawNumbers } from "../models/draw_numbers.ts";

// deno-lint-ignore no-explicit-any
type Any = any;
const X = drawNumbers(40, 3, 1);

/** A model with an activation at its end, or with logits and a loss that knows it. */
function build(
  units: number,
  activation: string,
  loss: Any,
  list: readonly Any[],
  weighted: readonly Any[] = [],
): Sequential {
  const model = sequential([
    layers.dense({
      units,
      activation: activation as Any,
      inputShape: [3],
      kernelInitializer: { id: "random_normal", config: { stddev: 2, seed: 1 } } as Any,
    }),
  ], { seed: 5 });
  model.compile({ optimizer: "sgd", loss, metrics: list, weightedMetrics: weighted });
  return model;
}

function compare(logits: object, probabilities: object): void {
  assertEquals(Object.keys(logits), Object.keys(probabilities));
  const flat = (each: object): number[] => (Object.values(each) as Any[]).flat(3);
  flat(logits).forEach((value, i) => assertAlmostEquals(value, flat(probabilities)[i], 1e-5, Object.keys(logits)[i]));
}

/** Metrics that take predictions for probabilities, made anew for every model. */
const binary = (): Any[] => [
  "accuracy",
  "auc",
  "precision",
  "recall",
  "f1_score",
  "confusion_matrix",
  "binary_crossentropy",
  "kl_divergence",
  metrics.binaryAccuracy({ name: "high", threshold: 0.8 }),
  metrics.precision({ name: "several", thresholds: [0, 0.2, 0.9] }),
  metrics.auc({ name: "pr", curve: "PR", numThresholds: 50 }),
  { id: "recall", config: { name: "saved", thresholds: 0.3 } },
];

Deno.test("metrics of probabilities get logits as probabilities: sigmoid", async () => {
  const y = X.map(([a, b]) => a > b ? 1 : 0);
  for (const [id, options] of [["binary_crossentropy", {}], ["binary_focal_crossentropy", { gamma: 1 }]] as const) {
    const make = (fromLogits: boolean) => ({ id, config: { ...options, fromLogits } });
    const model = build(1, "linear", make(true), binary(), [metrics.recall({ name: "w" })]);
    const expected = build(1, "sigmoid", make(false), binary(), [metrics.recall({ name: "w" })]);
    compare(model.evaluate(X, y), expected.evaluate(X, y));
    compare(model.evaluate(X, y, { batchSize: 7 }), expected.evaluate(X, y));
    const again = await loadModel(model.toBytes());
    assertEquals(again.evaluate(X, y), model.evaluate(X, y), "and so does the loaded model");
    const options2 = { epochs: 2, verbose: 0, validationData: { x: X, y } } as const;
    compare((await model.fit(X, y, options2)).history, (await expected.fit(X, y, options2)).history);
  }
});

Deno.test("metrics of probabilities get logits as probabilities: softmax", () => {
  const labels = X.map(([a, b], i) => a > b ? 1 : i % 2 === 0 ? 0 : 2);
  const oneHot = labels.map((label) => [0, 1, 2].map((i) => i === label ? 1 : 0));
  const list = (): Any[] => [
    "auc",
    metrics.auc({ name: "each", multiLabel: true }),
    "precision",
    "recall",
    metrics.recall({ name: "second", classId: 1, thresholds: [0.2, 0.6] }),
    metrics.f1Score({ name: "f1", threshold: 0.4 }),
    metrics.precision({ name: "top", topK: 1 }),
    "confusion_matrix",
  ];
  const dense = [...list(), "binary_accuracy", "categorical_crossentropy", "kl_divergence", "categorical_accuracy"];
  const sparse = [...list(), "sparse_categorical_crossentropy", "accuracy"];
  const cases: [loss: (options: Any) => Any, list: Any[], y: Any][] = [
    [losses.categoricalCrossentropy, dense, oneHot],
    [losses.categoricalFocalCrossentropy, dense, oneHot],
    [losses.sparseCategoricalCrossentropy, sparse, labels],
  ];
  for (const [loss, metricList, y] of cases) {
    const model = build(3, "linear", loss({ fromLogits: true }), metricList);
    const expected = build(3, "softmax", loss({}), metricList);
    compare(model.evaluate(X, y), expected.evaluate(X, y));
  }
});

Deno.test("what was made for logits, and what is one's own, is left alone", () => {
  const y = X.map(([a, b]) => a > b ? 1 : 0);
  const seen: number[] = [];
  const own = {
    name: "largest",
    create: () => ({ reset() {}, update: ({ yPred }: Any) => void seen.push(Math.max(...yPred)), result: () => 0 }),
  };
  const list = (threshold: number, fromLogits: boolean): Any[] => [
    metrics.binaryAccuracy({ threshold }),
    metrics.precision({ thresholds: threshold }),
    metrics.confusionMatrix({ threshold }),
    metrics.auc({ fromLogits }),
    metrics.binaryCrossentropy({ fromLogits }),
    own,
    "mse",
  ];
  const model = build(1, "linear", losses.binaryCrossentropy({ fromLogits: true }), list(0, true));
  const { mse: ofLogits, ...logits } = model.evaluate(X, y);
  const largest = Math.max(...seen);
  const expected = build(1, "sigmoid", "binary_crossentropy", list(0.5, false));
  const { mse: ofProbabilities, ...probabilities } = expected.evaluate(X, y);
  compare(logits, probabilities);
  assertEquals(largest > 1, true);
  assertEquals(Math.abs((ofLogits as number) - (ofProbabilities as number)) > 0.01, true);
});

Deno.test("a trial of a search, on whichever thread, knows of logits too", async () => {
  const y = X.map(([a, b]) => a > b ? 1 : 0);
  for (const workers of [1, 2]) {
    const result = await gridSearch({
      space: { fromLogits: [true, false] },
      build: ({ fromLogits }) =>
        build(1, fromLogits ? "linear" : "sigmoid", losses.binaryCrossentropy({ fromLogits }), [
          "auc",
          "accuracy",
          "precision",
        ]),
      x: X,
      y,
      epochs: 2,
      monitor: "val_auc",
      workers,
      verbose: 0,
    });
    const [logits, probabilities] = result.trials;
    compare(logits.history, probabilities.history);
    compare(result.best.model.evaluate(X, y), result.best.model.evaluate(X, y));
  }
});

Deno.test("names that the history has for something else are refused", () => {
  for (const name of ["loss", "epoch", "batch", "learning_rate", "val_loss", "val_", "val_accuracy"]) {
    for (const list of ["metrics", "weightedMetrics"]) {
      const model = build(1, "linear", "mse", []);
      assertThrows(
        () => model.compile({ loss: "mse", [list]: [metrics.meanSquaredError({ name })] }),
        RangeError,
        `Cannot compile model: a metric must not be called loss, epoch, batch, learning_rate or val_…, which are names of the ` +
          `history, got "${name}"`,
      );
      const create = () => ({ reset() {}, update() {}, result: () => 0 });
      assertThrows(
        () => model.compile({ loss: "mse", [list]: [{ name, create }] }),
        RangeError,
        "give it another name",
      );
    }
  }
  build(1, "linear", "mse", [
    metrics.meanSquaredError({ name: "value" }),
    metrics.meanSquaredError({ name: "losses" }),
  ]);
});
