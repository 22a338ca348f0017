import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { gridSearch, input, layers, loadModel, model, sequential } from "../../mod.ts";
import type { ComposedMetric, Sequential } from "../../mod.ts";
import { drawNumbers } from "../models/draw_numbers.ts";

// deno-lint-ignore no-explicit-any
type Any = any;

const X = drawNumbers(41, 3, 2);
const Y = X.map(([a, b, c]) => [a - b + 0.5 * c, a * b]);

/** The mean of the errors that are larger than a limit. */
const beyond = ({ limit }: { limit: number }): ComposedMetric => ({
  id: "beyond",
  config: { limit },
  direction: "min",
  call({ ops }, yTrue, yPred) {
    const error = ops.abs(ops.subtract(yTrue, yPred));
    return ops.mean(ops.multiply(error, ops.greater(error, limit)), { axis: -1 });
  },
});
const squares: ComposedMetric = {
  id: "squares",
  call: ({ ops }, yTrue, yPred) => ops.mean(ops.square(ops.subtract(yTrue, yPred)), { axis: -1 }),
};

function build(metrics: Any[], weightedMetrics: Any[] = []): Sequential {
  const net = sequential([
    layers.dense({ units: 5, activation: "tanh", inputShape: [3] }),
    layers.dense({ units: 2 }),
  ], { seed: 3 });
  net.compile({ optimizer: "adam", loss: "mae", metrics, weightedMetrics });
  return net;
}

Deno.test("a composed metric is the mean of its values over all rows, whatever the batches", () => {
  const net = build([beyond({ limit: 0.5 })]);
  const predicted = net.predict(X).toArray() as number[][];
  let want = 0;
  Y.forEach((row, i) =>
    row.forEach((y, j) => {
      const error = Math.abs(y - predicted[i][j]);
      if (error > 0.5) want += error / (2 * Y.length);
    })
  );
  for (const batchSize of [1, 7, 16, 64]) {
    assertAlmostEquals(net.evaluate(X, Y, { batchSize }).beyond as number, want, 1e-6);
  }
  assertAlmostEquals(net.evaluate(X, Y, { workers: 3, batchSize: 7 }).beyond as number, want, 1e-6);
});

Deno.test("a composed metric is what the library's is, with and without sample weights, beside others", async () => {
  const net = build(["mse", squares], ["mean_squared_error", { ...squares, name: "weighted_squares" }]);
  const sampleWeight = X.map((_, i) => i % 3);
  const found = net.evaluate(X, Y, { sampleWeight }) as Record<string, number>;
  assertAlmostEquals(found.squares, found.mse, 1e-6);
  assertAlmostEquals(found.weighted_squares, found.mean_squared_error, 1e-6);
  assert(Math.abs(found.squares - found.weighted_squares) > 1e-4);
  const { history } = await net.fit(X, Y, { epochs: 3, verbose: 0, validationSplit: 0.25 });
  for (let i = 0; i < 3; i++) {
    assertAlmostEquals(history.squares[i] as number, history.mse[i] as number, 1e-6);
    assertAlmostEquals(history.val_squares[i] as number, history.val_mse[i] as number, 1e-6);
  }
});

Deno.test("a composed metric is the same to the bit on 1, 2, 3, 4 and 7 threads", async () => {
  const values: unknown[] = [];
  for (const workers of [1, 2, 3, 4, 7]) {
    const { history } = await build([beyond({ limit: 0.2 })]).fit(X, Y, {
      epochs: 2,
      batchSize: 8,
      verbose: 0,
      workers,
    });
    values.push(history.beyond);
  }
  values.forEach((value) => assertEquals(value, values[0]));
});

Deno.test("a composed metric alone needs no predictions, and may look at several rows a sample", () => {
  const x = input({ shape: [4, 3] });
  const net = model({ inputs: x, outputs: layers.dense({ units: 2 }).apply(x) }, { seed: 1 });
  net.compile({ optimizer: "sgd", loss: "mse", metrics: [squares], weightedMetrics: [{ ...squares, name: "w" }] });
  const [data, labels] = [drawNumbers(5, 12, 3), drawNumbers(5, 8, 4)].map((rows, i) =>
    rows.map((row) => Array.from({ length: 4 }, (_, k) => row.slice(k * (3 - i), (k + 1) * (3 - i))))
  );
  const found = net.evaluate(data, labels) as Record<string, number>;
  assertAlmostEquals(found.squares, found.loss, 1e-6);
  const one = net.evaluate(data.slice(0, 1), labels.slice(0, 1)).loss as number;
  const weighted = net.evaluate(data, labels, { sampleWeight: [1, 0, 0, 0, 0] }) as Record<string, number>;
  assertAlmostEquals(weighted.w, one, 1e-6);
});

Deno.test("each output has composed metrics of its own", () => {
  const x = input({ shape: [3] });
  const [a, b] = ["a", "b"].map((name) => layers.dense({ units: 2, name }).apply(x));
  const net = model({ inputs: x, outputs: { a, b } }, { seed: 2 });
  net.compile({ optimizer: "sgd", loss: { a: "mse", b: "mse" }, metrics: { a: [squares], b: [squares, "mae"] } });
  const found = net.evaluate(X, { a: Y, b: Y }) as Record<string, number>;
  assertAlmostEquals(found.a_squares, found.a_loss, 1e-6);
  assertAlmostEquals(found.b_squares, found.b_loss, 1e-6);
  assert(found.b_mae > 0 && found.a_squares !== found.b_squares);
});

Deno.test("a composed metric is saved by its id and options", async () => {
  const net = build([{ ...beyond({ limit: 0.3 }), name: "far" }]);
  const custom = { metrics: { beyond: (config: Any) => ({ ...beyond(config), name: "far" }) } };
  const again = await loadModel(net.toBytes(), { custom });
  assertEquals(again.evaluate(X, Y), net.evaluate(X, Y));
  assertEquals(again.toBytes(), net.toBytes());
});

Deno.test("a search counts composed losses and metrics on workers, with the bits of fit", async () => {
  const make = (limit: number): Sequential => {
    const net = sequential([layers.dense({ units: 2, inputShape: [3] })], { seed: 4 });
    net.compile({ optimizer: "sgd", loss: squares as Any, metrics: [beyond({ limit }), "mae"] });
    return net;
  };
  const said: string[] = [];
  const info = console.log;
  console.log = (...parts: unknown[]) => void said.push(parts.join(" "));
  const warn = console.warn;
  console.warn = console.log;
  const result = await gridSearch({
    space: { limit: [0.1, 0.2, 0.3] },
    build: ({ limit }: Any) => make(limit),
    x: X,
    y: Y,
    epochs: 2,
    batchSize: 8,
    validation: { x: X.slice(0, 9), y: Y.slice(0, 9) },
    monitor: "val_beyond",
    mode: "min",
    workers: 2,
    verbose: 0,
  } as Any).finally(() => {
    console.log = info;
    console.warn = warn;
  });
  assertEquals(said.filter((line) => line.includes("one thread")), []);
  for (const { params, history } of result.trials as Any[]) {
    const alone = await make(params.limit).fit(X, Y, {
      epochs: 2,
      batchSize: 8,
      verbose: 0,
      validationData: [X.slice(0, 9), Y.slice(0, 9)],
    });
    for (const name of ["loss", "beyond", "val_beyond", "val_mae"]) {
      assertEquals([...history[name]], [...alone.history[name]], `${name} of ${params.limit}`);
    }
  }
});

Deno.test("what is wrong with a composed metric is said", () => {
  const use = (metric: Any) => () => build([metric]);
  assertThrows(use({ id: "", call: () => 0 }), RangeError, 'Cannot create metric "": id must be a name of its own');
  assertThrows(use({ id: "auc", call: () => 0 }), RangeError, "which no metric of this library has");
  assertThrows(use({ call: () => 0 }), RangeError, 'Cannot create metric "": id must be a name of its own');
  assertThrows(use(() => 0), TypeError, 'one of your own is { id: "my_metric", call: ({ ops }, yTrue, yPred) => … }');
  assertThrows(use({ id: "m", call: 1 }), TypeError, 'Cannot create metric "m": call must be a function, got 1');
  assertThrows(use({ ...squares, direction: "up" }), RangeError, 'direction must be "max", "min" or null, got "up"');
  assertThrows(use({ ...squares, config: 1 }), TypeError, "config must be an object, got 1");
  const rule =
    'Cannot compute metric "m" of output "dense_1": call must return a value for each row, a tensor of its graph with the batch axis first';
  assertThrows(() => build([{ id: "m", call: () => 3 }]), TypeError, `${rule}, got 3`);
  assertThrows(
    () => build([{ id: "m", call: ({ ops }: Any, _: Any, p: Any) => ops.mean(p) }]),
    TypeError,
    "reduce over { axis: -1 }, not over all axes",
  );
});
