import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { camelCase } from "../../src/errors/camel_case.ts";
import type { Metric, MetricState } from "../../src/metrics/metric.ts";
import type { Json } from "../../src/tensor/json.ts";
import * as factories from "../../src/metrics/metrics.ts";
import { type MetricSpec, resolveMetric } from "../../src/metrics/resolve_metric.ts";
import { type MetricId, metricTable } from "../../src/metrics/gen/table.ts";

const context = { lossId: "mean_squared_error", predWidth: 3, trueWidth: 3 };

Deno.test("accuracy suits the widths of labels and predictions", () => {
  const pick = (lossId: string, trueWidth: number, predWidth: number) =>
    resolveMetric("accuracy", { lossId, trueWidth, predWidth }).id;
  assertEquals(pick("binary_crossentropy", 1, 1), "binary_accuracy");
  assertEquals(pick("mean_squared_error", 1, 1), "binary_accuracy");
  assertEquals(pick("sparse_categorical_crossentropy", 1, 5), "sparse_categorical_accuracy");
  assertEquals(pick("sparse_categorical_crossentropy", 5, 5), "sparse_categorical_accuracy");
  assertEquals(pick("categorical_crossentropy", 5, 5), "categorical_accuracy");
  assertEquals(pick("binary_crossentropy", 5, 5), "categorical_accuracy"); // as Keras: shapes decide
});

Deno.test("a name given as a string is the key in history, as it was written", () => {
  for (const name of ["accuracy", "acc", "mse", "MSE", "meanSquaredError", "mean_squared_error", "AUC", "f1Score"]) {
    assertEquals(resolveMetric(name, context).name, name);
  }
  const ids = ["mse", "MAE", "mape", "msle", "rmse", "bce", "KLD", "KLDivergence", "R2Score", "auc", "logcosh"]
    .map((name) => resolveMetric(name, context).id);
  assertEquals(ids, [
    "mean_squared_error",
    "mean_absolute_error",
    "mean_absolute_percentage_error",
    "mean_squared_logarithmic_error",
    "root_mean_squared_error",
    "binary_crossentropy",
    "kl_divergence",
    "kl_divergence",
    "r2_score",
    "auc",
    "log_cosh_error",
  ]);
});

Deno.test("every row: factory, id, camelCase name and saved form agree", () => {
  const byName = factories as unknown as Record<string, (options?: Record<string, unknown>) => Metric>;
  for (const id of Object.keys(metricTable) as MetricId[]) {
    const metric = byName[camelCase(id)]();
    assertEquals(metric.id, id);
    assertEquals(metric.name, id === "log_cosh_error" ? "logcosh" : id);
    assertEquals(resolveMetric(camelCase(id), context).id, id);
    const config: Record<string, Json> = JSON.parse(JSON.stringify({ ...metric.config, name: "own" }));
    const again = resolveMetric({ id, config }, context);
    assertEquals([again.id, again.name, again.direction], [id, "own", metric.direction]);
    assertEquals({ ...again.config }, config);
    assertThrows(() => byName[camelCase(id)]({ treshold: 1 }), TypeError, `Cannot create ${id} metric: unknown option`);
    assertThrows(() => byName[camelCase(id)]({ name: "" }), RangeError, "name must not be empty");
  }
  const factoryNames = Object.keys(factories).sort();
  assertEquals(factoryNames, Object.keys(metricTable).map((id) => camelCase(id)).sort());
});

Deno.test("directions: scores up, errors down", () => {
  const directions = Object.entries(metricTable).map(([id, row]) => [id, row.create().direction]);
  const up = directions.filter((each) => each[1] === "max").map((each) => each[0]);
  assertEquals(
    up.sort().join(" "),
    "auc binary_accuracy categorical_accuracy cosine_similarity f1_score precision r2_score recall " +
      "sparse_categorical_accuracy sparse_top_k_categorical_accuracy top_k_categorical_accuracy",
  );
  assertEquals(directions.filter((each) => each[1] === null).map((each) => each[0]), ["confusion_matrix"]);
});

Deno.test("a metric passes through; one of the user's own is completed", () => {
  const metric = factories.auc({ curve: "PR", name: "pr" });
  assertStrictEquals(resolveMetric(metric, context), metric);
  let rows = 0;
  const state: MetricState = {
    reset: () => void (rows = 0),
    update: (batch) => void (rows += batch.rows),
    result: () => rows,
  };
  const own = resolveMetric({ name: "rows", create: () => state }, context);
  assertEquals([own.id, own.name, own.direction, own.config], ["custom", "rows", null, {}]);
  assertStrictEquals(own.create(), state);
  assertEquals(resolveMetric({ name: "rows", direction: "min", create: () => state }, context).direction, "min");
  assertEquals(resolveMetric({ id: "accuracy" }, context).name, "accuracy");
});

Deno.test("what is no metric is refused, with the nearest name", () => {
  assertThrows(
    () => resolveMetric("acuracy", context),
    RangeError,
    `Unknown metric "acuracy"; did you mean "accuracy"`,
  );
  assertThrows(() => resolveMetric("constructor", context), RangeError, "Unknown metric");
  assertThrows(() => resolveMetric("__proto__", context), RangeError, "Unknown metric");
  for (
    const wrong of [null, 3, undefined, {}, { name: "x" }, { name: "x", create: 3 }, { create: () => null }, { id: 3 }]
  ) {
    assertThrows(() => resolveMetric(wrong as unknown as MetricSpec, context), TypeError);
  }
});

Deno.test("bad options are named", () => {
  const bad: [() => Metric, string][] = [
    [() => factories.precision({ thresholds: 1.5 }), "thresholds must be a number >= 0 and <= 1, got 1.5"],
    [() => factories.precision({ thresholds: [0.5, -1] }), "thresholds[1]"],
    [() => factories.precision({ thresholds: [] }), "got an empty list"],
    [() => factories.recall({ topK: 0 }), "topK must be an integer >= 1, got 0"],
    [() => factories.recall({ classId: -1 }), "classId"],
    [() => factories.topKCategoricalAccuracy({ k: 0 }), "k must be an integer >= 1, got 0"],
    [() => factories.auc({ numThresholds: 1 }), "numThresholds"],
    [() => factories.auc({ curve: "roc" as "ROC" }), `curve must be one of "ROC", "PR", "PRGAIN", got "roc"`],
    [() => factories.auc({ labelWeights: [-1] }), "labelWeights[0]"],
    [() => factories.f1Score({ threshold: 0 }), "threshold must be a number"],
    [() => factories.f1Score({ average: "mean" as "micro" }), "average"],
    [() => factories.r2Score({ numRegressors: -1 }), "numRegressors"],
    [() => factories.confusionMatrix({ numClasses: 1 }), "numClasses"],
    [() => factories.binaryCrossentropy({ labelSmoothing: 2 }), "labelSmoothing"],
  ];
  for (const [create, part] of bad) assertThrows(create, RangeError, part);
  assertThrows(() => factories.auc({ numLabels: 3 }), TypeError, "numLabels needs multiLabel");
  assertThrows(() => factories.auc({ fromLogits: 1 as unknown as boolean }), TypeError, "fromLogits");
});

Deno.test("a state of a metric of one's own must have reset, update and result", () => {
  const whole = { reset() {}, update() {}, result: () => 1 };
  const make = (state: unknown) => () => resolveMetric({ name: "own", create: () => state as never }, context).create();
  assertEquals(make(whole)(), whole);
  const rule = 'Cannot use metric "own": create must return an object with reset(), update(batch) and result()';
  assertThrows(make({ update() {}, result: () => 1 }), TypeError, `${rule}, but reset is missing`);
  assertThrows(make({ ...whole, update: 5 }), TypeError, `${rule}, but update is 5`);
  assertThrows(make({ ...whole, result: undefined }), TypeError, `${rule}, but result is missing`);
  assertThrows(make(undefined), TypeError, `${rule}, got undefined`);
  assertThrows(make(5), TypeError, `${rule}, got 5`);
});
