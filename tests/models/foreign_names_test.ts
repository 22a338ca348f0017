import { assert, assertEquals } from "@std/assert";
import { callbacks, gridSearch, layers, loadModel, metrics, sequential } from "../../mod.ts";
import type { Callback, Sequential } from "../../mod.ts";
import * as plot from "../../src/plot/plot.ts";

/** Names that every object inherits something under, or that set something else. */
const NAMES = ["constructor", "toString", "__proto__", "hasOwnProperty", "valueOf", "__defineGetter__"];
const X = [[0, 1], [1, 0], [1, 1], [0, 0], [0.5, 0], [0, 0.5]];
const Y = [1, 0, 1, 0, 0, 1];

function build(names: readonly string[] = NAMES): Sequential {
  const model = sequential([layers.dense({ units: 1, activation: "sigmoid", inputShape: [2] })], { seed: 1 });
  model.compile({
    optimizer: "sgd",
    loss: "binary_crossentropy",
    metrics: names.map((name) => metrics.meanSquaredError({ name })),
  });
  return model;
}

/** Own values by name: what a plain object hides of `__proto__` is seen here. */
const entries = (object: object): [string, unknown][] => Object.entries(object);

Deno.test("metrics may have names that all objects inherit", async () => {
  const model = build();
  const seen: [string, unknown][][] = [];
  const log: Callback = { onEpochEnd: (_, logs) => void seen.push(entries(logs)) };
  const path = await Deno.makeTempFile({ suffix: ".csv" });
  const history = await model.fit(X, Y, {
    epochs: 3,
    verbose: 0,
    validationData: { x: X, y: Y },
    callbacks: [log, callbacks.csvLogger({ path }), callbacks.earlyStopping({ monitor: "val___proto__", mode: "min" })],
  });
  const expected = ["loss", ...NAMES, "val_loss", ...NAMES.map((name) => `val_${name}`)];
  assertEquals(entries(history.history).map(([name]) => name), expected);
  for (const [name, values] of entries(history.history)) assertEquals((values as number[]).length, 3, name);
  assertEquals(Object.getPrototypeOf(history.history), Object.prototype);
  assertEquals(seen.map((logs) => logs.map(([name]) => name)), [expected, expected, expected]);
  const mse = (await build(["mse"]).fit(X, Y, { epochs: 3, verbose: 0 })).history.mse;
  for (const name of NAMES) assertEquals(entries(history.history).find((entry) => entry[0] === name)?.[1], mse, name);
  const [header, line] = (await Deno.readTextFile(path)).split("\n");
  assertEquals(header.split(",").slice(0, 3), ["epoch", "__defineGetter__", "__proto__"]);
  assert(line.split(",").every((field) => Number.isFinite(Number(field))), line);
  await Deno.remove(path);

  for (const logs of [model.evaluate(X, Y), model.trainOnBatch(X, Y)]) {
    assertEquals(entries(logs).map(([name]) => name), ["loss", ...NAMES]);
  }
  const again = await loadModel(model.toBytes());
  assertEquals(entries(again.evaluate(X, Y)), entries(model.evaluate(X, Y)));
  assert(plot.lossCurve(history, { names: ["constructor", "__proto__"] }).length > 0);
});

Deno.test("what a callback adds to the logs may have such a name, too", async () => {
  const { history } = await build([]).fit(X, Y, {
    epochs: 2,
    verbose: 0,
    callbacks: [{ onEpochEnd: (epoch, logs) => void Object.assign(logs, { toString: epoch }) }],
  });
  assertEquals(entries(history).map(([name]) => name), ["loss", "toString"]);
  assertEquals(history.toString as unknown, [0, 1]);
});

Deno.test("a search may go by such names, and have parameters of such names", async () => {
  for (const monitor of ["constructor", "__proto__", "toString"]) {
    const result = await gridSearch({
      space: { constructor: [1, 2], valueOf: [0.1] },
      build: () => build([monitor]),
      x: X,
      y: Y,
      epochs: 2,
      validation: { folds: 2 },
      monitor: `val_${monitor}`,
      mode: "min",
      workers: 1,
      verbose: 0,
    });
    assertEquals(result.trials.map(({ status }) => status), ["done", "done"]);
    const names = ["loss", monitor, "val_loss", `val_${monitor}`];
    for (const { history, runs, score } of result.trials) {
      assertEquals(entries(history).map(([name]) => name), names);
      for (const run of runs) assertEquals(entries(run.history).map(([name]) => name), names);
      assert(Number.isFinite(score));
    }
    assertEquals(result.best.params.constructor as unknown, 1);
    assert(result.table().includes("constructor"), result.table());
    assert(result.report().length > 0);
    assert(result.toCSV().includes("constructor"));
  }
});
