import { assertEquals } from "@std/assert";
import { layers, losses, metrics, optimizers, sequential } from "../../mod.ts";
import type { Callback, CompileOptions, Layer, Sequential } from "../../mod.ts";

// deno-lint-ignore no-explicit-any
type Any = any;
const X = [[0, 1], [1, 0], [1, 1]];
const Y = [[1], [0], [1]];
const QUIET = { verbose: 0, workers: 1 } as const;

const build = (): Sequential => sequential([layers.dense({ units: 1, inputShape: [2], kernelInitializer: "ones" })]);
const step = (model: Sequential): number[] => {
  model.trainOnBatch(X, Y);
  return [...model.getWeights()[0].data];
};

Deno.test("one options object that is reused in a loop gives each model its own rate", () => {
  const options: Any = { loss: "mse" };
  const models = [0.1, 0.2, 0.3].map((learningRate) => {
    options.optimizer = optimizers.sgd({ learningRate });
    const model = build();
    model.compile(options);
    return model;
  });
  assertEquals(models.map((model) => model.learningRate), [0.1, 0.2, 0.3]);
});

Deno.test("what compile was given may change afterwards", () => {
  const changes: [name: string, make: () => Any, change: (options: Any) => void][] = [
    ["a saved optimizer", () => ({ optimizer: { id: "sgd", config: { learningRate: 0.1 } }, loss: "mse" }), (o) => {
      o.optimizer.config.learningRate = 5;
      o.optimizer.id = "adam";
    }],
    ["an optimizer of one's own", () => ({ optimizer: { ...optimizers.sgd({ momentum: 0.5 }) }, loss: "mse" }), (o) => {
      o.optimizer.learningRate = 5;
      o.optimizer.cells = () => [NaN];
    }],
    ["a saved loss", () => ({ optimizer: "sgd", loss: { id: "huber", config: { delta: 0.1 } } }), (o) => {
      o.loss.config.delta = 100;
      o.loss.id = "poisson";
    }],
    ["a loss of one's own", () => ({ optimizer: "sgd", loss: { ...losses.meanSquaredError() } }), (o) => {
      o.loss.call = () => null;
      o.loss.reduction = "sum";
    }],
    [
      "a list of metrics",
      () => ({ optimizer: "sgd", loss: "mse", metrics: ["mae"], weightedMetrics: ["mse"] }),
      (o) => {
        o.metrics.push("nothing");
        o.weightedMetrics.length = 0;
      },
    ],
    ["the options", () => ({ optimizer: "sgd", loss: "mse" }), (o) => {
      o.optimizer = "nothing";
      o.loss = undefined;
    }],
  ];
  for (const [name, make, change] of changes) {
    const [expected, model] = [build(), build()];
    expected.compile(make());
    const options = make();
    model.compile(options);
    change(options);
    assertEquals(Object.keys(model.evaluate(X, Y)), Object.keys(expected.evaluate(X, Y)), name);
    assertEquals(step(model), step(expected), name);
    assertEquals(model.toBytes(), expected.toBytes(), name);
  }
});

Deno.test("a metric object keeps the name and the options that it had", () => {
  const saved: Any = { id: "precision", config: { thresholds: 0.5 } };
  const own: Any = { name: "own", create: () => ({ reset() {}, update() {}, result: () => 1 }) };
  const model = build();
  model.compile({ optimizer: "sgd", loss: "mse", metrics: [saved, own, metrics.recall()] });
  saved.id = "nothing";
  saved.config.thresholds = 2;
  own.name = "loss";
  own.create = null;
  assertEquals(Object.keys(model.evaluate(X, Y)), ["loss", "precision", "own", "recall"]);
});

Deno.test("objects with methods on their class are copied with them", () => {
  class Loss {
    id = "halves";
    config = {};
    reduction = "sum_over_batch_size" as const;
    target = "same" as const;
    #inner = losses.meanSquaredError();
    call(...args: Parameters<ReturnType<typeof losses.meanSquaredError>["call"]>) {
      return this.#inner.call(...args);
    }
  }
  const [model, expected] = [build(), build()];
  model.compile({ optimizer: "sgd", loss: new Loss() });
  expected.compile({ optimizer: "sgd", loss: "mse" });
  assertEquals(step(model), step(expected));
});

Deno.test("the array of layers may change afterwards", () => {
  const list: Layer[] = [layers.dense({ units: 1, inputShape: [2] })];
  const model = sequential(list);
  list.push(layers.dense({ units: 7 }));
  assertEquals(model.layers.length, 1);
  assertEquals(model.predict(X).shape, [3, 1]);
});

Deno.test("the options of fit and its list of callbacks may change while it runs", async () => {
  const model = build();
  model.compile({ optimizer: "sgd", loss: "mse" } satisfies CompileOptions);
  const seen: number[] = [];
  const callbacks: Callback[] = [{ onEpochEnd: (epoch) => void seen.push(epoch) }];
  const options = { ...QUIET, epochs: 3, batchSize: 2, callbacks, classWeight: { 0: 1 } as Record<number, number> };
  const running = model.fit(X, [[1], [0], [1]], options);
  options.epochs = 100;
  options.classWeight[0] = NaN;
  callbacks.length = 0;
  callbacks.push({ onEpochEnd: () => assertEquals(true, false) });
  assertEquals((await running).epoch, [0, 1, 2]);
  assertEquals(seen, [0, 1, 2]);
});
