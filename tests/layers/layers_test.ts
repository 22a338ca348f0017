import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { initializers, layers, sequential } from "../../mod.ts";
import { drawNumbers } from "../models/draw_numbers.ts";

type Layer = layers.Layer;

/** What one layer makes of x; the layer's weights may be given. */
function apply(
  layer: Layer,
  x: number[] | number[][] | number[][][],
  weights?: Parameters<ReturnType<typeof sequential>["setWeights"]>[0],
) {
  const shape: number[] = [];
  for (let level: unknown = x; Array.isArray(level); level = level[0]) shape.push(level.length);
  const model = sequential([layer]);
  model.build(shape.slice(1));
  if (weights !== undefined) model.setWeights(weights);
  return model.predict(x);
}

function near(found: ArrayLike<number>, expected: readonly number[], tolerance = 1e-6): void {
  assertEquals(found.length, expected.length);
  expected.forEach((value, i) =>
    assertAlmostEquals(found[i], value, tolerance * Math.max(1, Math.abs(value)), `element ${i}`)
  );
}

Deno.test("dense on samples of every rank works on the last axis", () => {
  const kernel = [[1, 2], [3, 4], [5, 6]];
  const row = ([a, b, c]: number[]): number[] => [a + 3 * b + 5 * c + 0.5, 2 * a + 4 * b + 6 * c - 0.5];
  const x = [[[1, 0, 0], [0, 1, 0]], [[0, 0, 1], [1, 1, 1]], [[2, -1, 3], [0, 0, 0]]];
  const y = apply(layers.dense({ units: 2 }), x, [kernel, [0.5, -0.5]]);
  assertEquals(y.shape, [3, 2, 2]);
  assertEquals(y.toArray(), x.map((sample) => sample.map(row)));
  assertEquals(apply(layers.dense({ units: 2 }), x[0], [kernel, [0.5, -0.5]]).toArray(), x[0].map(row));
  const deep = sequential([layers.dense({ units: 2, useBias: false, inputShape: [2, 1, 3] })]);
  deep.setWeights([kernel]);
  assertEquals(deep.predict([[[[1, 0, 0]], [[0, 1, 0]]]]).toArray(), [[[[1, 2]], [[3, 4]]]]);
});

Deno.test("dense on rank 3 trains: the loss is the mean over all rows of the sample", () => {
  const model = sequential([layers.dense({ units: 1, useBias: false, inputShape: [2, 1] })]);
  model.compile({ optimizer: { id: "sgd", config: { learningRate: 0.5 } }, loss: "mse", metrics: ["mae"] });
  model.setWeights([[[0]]]);
  const logs = model.trainOnBatch([[[1], [2]], [[3], [4]]], [[[1], [2]], [[3], [0]]]);
  assertAlmostEquals(logs.loss, (1 + 4 + 9 + 0) / 4, 1e-6);
  assertAlmostEquals(logs.mae as number, 6 / 4, 1e-6);
  // dw = −2/4 · Σ y·x = −(1 + 4 + 9)/2
  assertAlmostEquals(model.getWeights()[0].data[0], 0.5 * 7, 1e-6);
});

Deno.test("class indices [batch, time] for logits [batch, time, classes]", () => {
  const model = sequential([
    layers.dense({ units: 3, activation: "softmax", inputShape: [2, 4], kernelInitializer: "zeros" }),
  ]);
  model.compile({ loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
  const x = drawNumbers(10, 4, 1);
  const logs = model.evaluate([x.slice(0, 2), x.slice(2, 4), x.slice(4, 6)], [[0, 1], [2, 0], [1, 1]]);
  assertAlmostEquals(logs.loss, Math.log(3), 1e-6);
  assertAlmostEquals(logs.accuracy as number, 2 / 6, 1e-6);
});

Deno.test("flatten and reshape keep the order of the elements", () => {
  const x = [[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], [10, 11, 12]]];
  assertEquals(apply(layers.flatten(), x).toArray(), [[1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]]);
  assertEquals(apply(layers.flatten(), [[1, 2]]).toArray(), [[1, 2]]);
  assertEquals(apply(layers.reshape({ targetShape: [3, 2] }), x).toArray(), [[[1, 2], [3, 4], [5, 6]], [
    [7, 8],
    [9, 10],
    [11, 12],
  ]]);
  assertEquals(apply(layers.reshape({ targetShape: [-1] }), x).shape, [2, 6]);
  assertEquals(apply(layers.reshape({ targetShape: [1, -1, 2] }), x).shape, [2, 1, 3, 2]);
  assertEquals(apply(layers.reshape({ targetShape: [6, -1] }), x).shape, [2, 6, 1]);
});

Deno.test("a stack that only changes shapes predicts, alone and between others", () => {
  const model = sequential([
    layers.inputLayer({ shape: [2, 3] }),
    layers.flatten(),
    layers.reshape({ targetShape: [3, 2] }),
    layers.reshape({ targetShape: [-1] }),
  ]);
  const x = [[[1, 2, 3], [4, 5, 6]]];
  assertEquals(model.predict(x).toArray(), [[1, 2, 3, 4, 5, 6]]);
  assertEquals(
    model.predict(x, { batchSize: 1 }).data.buffer === model.predict(x).data.buffer,
    false,
    "predictions are copies",
  );
});

Deno.test("rescaling", () => {
  near(apply(layers.rescaling({ scale: 1 / 127.5, offset: -1 }), [[0, 127.5, 255]]).data, [-1, 0, 1]);
  near(apply(layers.rescaling({ scale: 2 }), [[0, 1.5, -255]]).data, [0, 3, -510]);
});

Deno.test("prelu has a slope for every element of a sample", () => {
  const x = [[[-1, 2], [-3, 4]], [[1, -2], [3, -4]]];
  const alpha = [[0.5, 0.25], [0.1, 2]];
  const y = apply(layers.prelu(), x, [alpha]);
  assertEquals(y.shape, [2, 2, 2]);
  near(y.data, [-0.5, 2, -0.3, 4, 1, -0.5, 3, -8]);
  near(apply(layers.prelu(), [[-5, 5]]).data, [0, 5]);
});

Deno.test("the leaky relu's slope is 0.3 as a layer and 0.2 as an activation", () => {
  near(apply(layers.leakyReLU(), [[-1, 1]]).data, [-0.3, 1]);
  near(apply(layers.activation({ activation: "leaky_relu" }), [[-1, 1]]).data, [-0.2, 1]);
  near(apply(layers.activation({ activation: "leakyRelu" }), [[-1, 1]]).data, [-0.2, 1]);
  near(apply(layers.leakyReLU({ negativeSlope: 0.05 }), [[-1, 1]]).data, [-0.05, 1]);
});

Deno.test("relu, elu and softmax as layers", () => {
  near(apply(layers.reLU({ maxValue: 6, negativeSlope: 0.1 }), [[-1, 1, 7]]).data, [-0.1, 1, 6]);
  near(apply(layers.reLU({ threshold: 1 }), [[0.5, 1.5, -1]]).data, [0, 1.5, 0]);
  near(apply(layers.elu({ alpha: 2 }), [[-1, 1]]).data, [2 * Math.expm1(-1), 1]);
  const e = [1, 2, 4].map((v) => Math.exp(v));
  near(apply(layers.softmax(), [[1, 2, 4]]).data, e.map((v) => v / (e[0] + e[1] + e[2])));
});

Deno.test("dropout: the kept share, the scale, and rate 0", () => {
  const n = 100_000;
  const model = sequential([
    layers.dropout({ rate: 0.3, inputShape: [n] }),
    layers.dense({ units: 1, kernelInitializer: "ones" }),
  ]);
  model.compile({ optimizer: { id: "sgd", config: { learningRate: 0 } }, loss: "mae" });
  const x = [new Array(n).fill(1)];
  const kept = model.trainOnBatch(x, [0]).loss * 0.7 / n;
  assertAlmostEquals(kept, 0.7, 6 * Math.sqrt(0.21 / n), "six standard deviations");
  const off = sequential([
    layers.dropout({ rate: 0, inputShape: [3] }),
    layers.dense({ units: 1, kernelInitializer: "ones" }),
  ]);
  off.compile({ loss: "mae" });
  assertAlmostEquals(off.trainOnBatch([[1, 2, 3]], [0]).loss, 6, 1e-6);
});

Deno.test("layers are named after their type, numbered, around the names that are given", () => {
  const model = sequential([
    layers.dense({ units: 1, inputShape: [1] }),
    layers.dense({ units: 1, name: "dense_1" }),
    layers.dense({ units: 1 }),
    layers.reLU(),
    layers.leakyReLU(),
    layers.dense({ units: 1 }),
  ]);
  const names = model.layers.map((layer) => layer.name);
  assertEquals(names, ["dense", "dense_1", "dense_2", "relu", "leaky_relu", "dense_3"]);
  assertEquals(model.weights.map((w) => w.name).slice(0, 4), [
    "dense/kernel",
    "dense/bias",
    "dense_1/kernel",
    "dense_1/bias",
  ]);
});

Deno.test("frozen layers keep their weights, also between trained ones", async () => {
  const model = sequential([
    layers.dense({ units: 3, activation: "tanh", inputShape: [2] }),
    layers.dense({ units: 3, activation: "tanh", trainable: false }),
    layers.dense({ units: 1 }),
  ], { seed: 2 });
  const before = model.getWeights();
  model.compile({ optimizer: "adam", loss: "mse" });
  await model.fit(drawNumbers(10, 2, 1), drawNumbers(10, 1, 2), { epochs: 3, verbose: 0 });
  const changed = model.getWeights().map((w, i) => String(w.data) !== String(before[i].data));
  assertEquals(changed, [true, true, false, false, true, true]);
  assertEquals(model.weights.map((w) => w.trainable), [true, true, false, false, true, true]);
  assert(model.summary().includes("Non-trainable params: 12 "), model.summary());
});

Deno.test("weights by name, as typed arrays and tensors", () => {
  const model = sequential([layers.dense({ units: 2, inputShape: [2] })]);
  model.setWeights({ "dense/bias": [5, 6] });
  assertEquals(model.getWeights()[1].toArray(), [5, 6]);
  model.setWeights([new Float64Array([1, 2, 3, 4]), Float32Array.of(0, 0)]);
  assertEquals(model.getWeights()[0].toArray(), [[1, 2], [3, 4]]);
  const copy = model.getWeights();
  copy[0].data.fill(9);
  assertEquals(model.getWeights()[0].toArray(), [[1, 2], [3, 4]], "getWeights gives copies");
  model.setWeights(copy);
  assertEquals(model.predict([[1, 1]]).toArray(), [[18, 18]]);
});

Deno.test("an initializer with options is used", () => {
  const model = sequential([
    layers.dense({ units: 2, kernelInitializer: initializers.constant({ value: 0.25 }), inputShape: [3] }),
  ]);
  assertEquals([...model.getWeights()[0].data], new Array(6).fill(0.25));
});

Deno.test("a layer in two stacks has one set of weights, and one shape", () => {
  const shared = layers.dense({ units: 2 });
  const first = sequential([shared]);
  first.build([3]);
  const other = sequential([shared]);
  assertThrows(() => other.build([4]), TypeError, 'layer "dense": it was built for samples of shape [3], got [4]');
  other.build([3]);
  first.setWeights([[[1, 2], [3, 4], [5, 6]], [0.5, 0]]);
  assertEquals(other.predict([[1, 1, 1]]).toArray(), [[9.5, 12]]);
  const twice = layers.dense({ units: 2, inputShape: [2] });
  assertThrows(() => sequential([twice, twice]), TypeError, "got the same dense layer twice; make two");
});

Deno.test("a layer that learns nothing may be in several models", () => {
  const scale = layers.normalization();
  scale.adapt([[1, 10], [3, 30]]);
  for (let i = 0; i < 2; i++) {
    const model = sequential([scale, layers.reLU()]);
    model.build([2]);
    assertEquals(model.predict([[3, 10]]).toArray(), [[1, 0]]);
  }
});
