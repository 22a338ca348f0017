import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  compileModel,
  describeCompiled,
  FileFormatError,
  gridSearch,
  input,
  layers,
  loadModel,
  model,
  sequential,
} from "../../mod.ts";
import type { Sequential } from "../../mod.ts";
import { load } from "../../src/edge/edge.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import { hashWeights } from "../models/hash_weights.ts";
import { assertSameBits } from "../workers/assert_same_bits.ts";
import { runLayer } from "./run_layer.ts";

// deno-lint-ignore no-explicit-any
type Any = any;

const X = drawNumbers(24, 4, 6);
const Y = X.map(([a, b]) => [a * b]);
const square: layers.LambdaFunction = ({ ops }, x) => ops.square(x);

function build(units = 3): Sequential {
  const net = sequential([
    layers.dense({ units, inputShape: [4] }),
    layers.lambda({ function: square, name: "square" }),
    layers.dense({ units: 1 }),
  ], { seed: 2 });
  net.compile({ optimizer: "adam", loss: "mse" });
  return net;
}

Deno.test("a lambda is its function, and its gradient the function's", () => {
  const x = { shape: [2, 3], data: [1, -2, 3, 0.5, 0, -1] };
  const run = runLayer(layers.lambda({ function: square }), [x], [1, 2, 3, 4, 5, 6]);
  assertEquals(Array.from(run.kernels[0]), [1, 4, 9, 0.25, 0, 1]);
  assertEquals(Array.from(run.kernels[1]), [2, -8, 18, 4, 0, -12]);
  assertEquals(Array.from(run.float64[1]), [2, -8, 18, 4, 0, -12]);
});

Deno.test("a lambda takes several inputs and knows whether the model trains", async () => {
  const [a, b] = [input({ shape: [2] }), input({ shape: [2] })];
  const mix: layers.LambdaFunction = ({ ops, training }, x, y) => ops.add(ops.multiply(x, training ? 100 : 2), y);
  const net = model({ inputs: a, outputs: layers.lambda({ function: mix }).apply([a, layers.reLU().apply(a)]) });
  assertEquals(net.predict([[1, -2]]).toArray(), [[3, -4]]);
  net.compile({ optimizer: "sgd", loss: "mean_absolute_error" });
  const { history } = await net.fit([[1, -2]], [[0, 0]], { verbose: 0 });
  assertEquals(history.loss, [(101 + 200) / 2]);
  assertThrows(() => layers.lambda({ function: mix }).apply([b]), TypeError, 'layer "lambda"');
});

Deno.test("a lambda trains to the same bits on 1, 2, 3, 4 and 7 threads", async () => {
  await assertSameBits(
    () => build(),
    (net, workers) => net.fit(X, Y, { epochs: 2, batchSize: 8, verbose: 0, workers }),
  );
});

Deno.test("a lambda trains in a search on workers as in a fit, to the bit", async () => {
  const options = { epochs: 2, batchSize: 8, verbose: 0 } as const;
  const [train, validation] = [[0, 18], [18, 24]].map(([from, to]) => ({ x: X.slice(from, to), y: Y.slice(from, to) }));
  const { trials } = await gridSearch({
    ...options,
    ...train,
    space: { units: [1, 2] },
    build: ({ units }) => build(units),
    validation,
    monitor: "val_loss",
    workers: 2,
  });
  assertEquals(trials.length, 2);
  for (const { params, history } of trials) {
    const wanted = await build(params.units).fit(train.x, train.y, {
      ...options,
      workers: 1,
      validationData: [validation.x, validation.y],
    });
    assertEquals(history, wanted.history as Record<string, number[]>);
  }
});

Deno.test("a file has a lambda's name, and is handed the function", async () => {
  const net = build();
  await net.fit(X, Y, { epochs: 1, verbose: 0 });
  const names: string[] = [];
  const lambda = (config: Any) => {
    names.push(config.name);
    return layers.lambda({ ...config, function: square });
  };
  const again = await loadModel(net.toBytes(), { custom: { layers: { lambda } } });
  assertEquals(names, ["square"]);
  assertEquals(again.predict(X).toArray(), net.predict(X).toArray());
  assertEquals(again.toBytes(), net.toBytes());
  for (const one of [net, again]) await one.fit(X, Y, { epochs: 1, verbose: 0 });
  assertEquals(hashWeights(again as Sequential), hashWeights(net));
  const error = await assertRejects(
    () => loadModel(net.toBytes()),
    FileFormatError,
    'Cannot load model: Cannot create lambda layer "square": function must be a function of (t, x), got undefined; no file holds it',
  );
  assert(
    error.message.includes("loadModel(file, { custom: { layers: { lambda: (config) => layers.lambda("),
    error.message,
  );
});

Deno.test("a lambda is compiled for the edge, and for the entry that has its ops", () => {
  const net = build();
  const compiled = load(compileModel(net));
  const found = [...compiled.predict(X[0]) as Iterable<number>];
  assert(Math.abs(found[0] - net.predict([X[0]]).data[0]) < 1e-5);
  const other = sequential([layers.lambda({ function: ({ ops }, x) => ops.erf(x), inputShape: [2] })]);
  assertEquals(describeCompiled(compileModel(other)).runtime, "retroprop/edge/blocks");
  assertThrows(() => load(compileModel(other)), Error, 'got "erf"');
});

Deno.test("what is wrong with a lambda is said", () => {
  assertThrows(() => layers.lambda({ function: 5 as Any }), TypeError, "Cannot create lambda layer: function must be");
  assertThrows(() => layers.lambda((({ ops }: Any, x: Any) => ops.exp(x)) as Any), TypeError, "options must be");
  assertThrows(
    () => layers.lambda({ function: square, output: 1 } as Any),
    TypeError,
    'unknown option "output"',
  );
  assertThrows(
    () => sequential([layers.lambda({ function: ({ ops }, x) => ops.sum(x), inputShape: [2] })]),
    TypeError,
    "call must keep the batch axis first, got [1, 2] and returned []",
  );
});
