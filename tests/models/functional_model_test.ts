import { assert, assertEquals, assertNotEquals, assertRejects, assertThrows } from "@std/assert";
import { FileFormatError, input, layers, loadModel, model, sequential, tensor } from "../../mod.ts";
import type { LayerOutput } from "../../mod.ts";
import { readSafetensors } from "../../src/files/read_safetensors.ts";
import { writeSafetensors } from "../../src/files/write_safetensors.ts";
import { hashWeights } from "./hash_weights.ts";

const ROWS = 40;
const x = tensor(Float32Array.from({ length: ROWS * 6 }, (_, i) => Math.sin(i * 1.3)), [ROWS, 6]);
const y = tensor(Float32Array.from({ length: ROWS }, (_, i) => Math.cos(i * 0.7)), [ROWS, 1]);
const options = { epochs: 3, batchSize: 8, verbose: 0 } as const;

/** An autoencoder and its encoder, over the same layers. */
function makePair(seed = 1) {
  const image = input({ shape: [6], name: "image" });
  const code = layers.dense({ units: 3, activation: "tanh", name: "code" }).apply(image);
  const again = layers.dense({ units: 6, name: "again" }).apply(code);
  const autoencoder = model({ inputs: image, outputs: again }, { seed, name: "autoencoder" });
  const encoder = model({ inputs: image, outputs: code }, { seed, name: "encoder" });
  return { image, code, autoencoder, encoder };
}

Deno.test("a graph that is a stack trains to the bits of the stack", async () => {
  const stack = sequential([
    layers.dense({ units: 5, activation: "relu", inputShape: [6] }),
    layers.dropout({ rate: 0.3 }),
    layers.dense({ units: 1 }),
  ], { seed: 7 });
  const given = input({ shape: [6] });
  const hidden = layers.dense({ units: 5, activation: "relu" }).apply(given);
  const graph = model({
    inputs: given,
    outputs: layers.dense({ units: 1 }).apply(layers.dropout({ rate: 0.3 }).apply(hidden)),
  }, { seed: 7 });
  for (const m of [stack, graph]) {
    m.compile({ optimizer: "adam", loss: "mse" });
    await m.fit(x, y, options);
  }
  assertEquals(graph.weights.map(({ name }) => name), stack.weights.map(({ name }) => name));
  assertEquals(hashWeights(graph), hashWeights(stack));
  assertEquals(graph.layers.map(({ name }) => name), ["input_layer", "dense", "dropout", "dense_1"]);
  assertEquals([graph.getLayer("dense"), graph.getLayer(0).type], [graph.layers[1], "input_layer"]);
});

Deno.test("models that share layers share weights: both are trained in turn, and each keeps its optimizer's state", async () => {
  const { autoencoder, encoder, code, image } = makePair();
  autoencoder.compile({ optimizer: "adam", loss: "mse" });
  await autoencoder.fit(x, x, options);
  const first = encoder.predict(x).data;
  assertEquals(encoder.getWeights()[0].data, autoencoder.getWeights()[0].data);
  // A model with new layers on the old ones: the store grows under the autoencoder.
  const classifier = model({ inputs: image, outputs: layers.dense({ units: 1, name: "label" }).apply(code) }, {
    seed: 2,
  });
  classifier.compile({ optimizer: "sgd", loss: "mse" });
  assertEquals(encoder.predict(x).data, first, "growing leaves values alone");
  await autoencoder.fit(x, x, options);
  const { autoencoder: alone } = makePair();
  alone.compile({ optimizer: "adam", loss: "mse" });
  await alone.fit(x, x, options);
  await alone.fit(x, x, options);
  assertEquals(autoencoder.getWeights().map(({ data }) => data), alone.getWeights().map(({ data }) => data));
  const before = encoder.predict(x).data;
  await classifier.fit(x, y, options);
  assertNotEquals(encoder.predict(x).data, before, "the encoder sees what the classifier learns");
  assertEquals(autoencoder.iteration, 30);
});

Deno.test("layers of two models come into one, and both go on to the bit", async () => {
  const make = () => {
    const left = makePair(3);
    left.autoencoder.compile({ optimizer: "adam", loss: "mse" });
    const right = sequential([layers.dense({ units: 3, name: "right", inputShape: [3] })], { seed: 4 });
    right.compile({ optimizer: "rmsprop", loss: "mse" });
    return { ...left, right };
  };
  const codes = tensor(x.data.slice(0, ROWS * 3), [ROWS, 3]);
  const joined = make(), apart = make();
  for (const { autoencoder, right } of [joined, apart]) {
    await autoencoder.fit(x, x, options);
    await right.fit(codes, codes, options);
  }
  const both = model({ inputs: joined.image, outputs: joined.right.apply(joined.code) }, { name: "both" });
  assertEquals(both.weights.map(({ name }) => name), [
    "code/kernel",
    "code/bias",
    "sequential/right/kernel",
    "sequential/right/bias",
  ]);
  for (const { autoencoder, right } of [joined, apart]) {
    await right.fit(codes, codes, options);
    await autoencoder.fit(x, x, options);
  }
  assertEquals(hashWeights(joined.right), hashWeights(apart.right));
  assertEquals(hashWeights(joined.autoencoder), hashWeights(apart.autoencoder));
  assertEquals(both.predict(x).data, joined.right.predict(joined.encoder.predict(x)).data);
});

Deno.test("a frozen model under a new head: no gradient, no slots, and thawed from the next compile on", async () => {
  const { encoder } = makePair();
  encoder.getLayer("code").trainable = false;
  const given = input({ shape: [6], name: "given" });
  const full = model({ inputs: given, outputs: layers.dense({ units: 1, name: "head" }).apply(encoder.apply(given)) });
  full.compile({ optimizer: "adam", loss: "mse" });
  const frozen = encoder.getWeights().map(({ data }) => data.slice());
  await full.fit(x, y, options);
  assertEquals(encoder.getWeights().map(({ data }) => data), frozen);
  assertEquals(full.trainer.viewOf("gradients").length, 4 + 4, "the head's kernel and bias alone");
  encoder.getLayer("code").trainable = true;
  await full.fit(x, y, options);
  assertEquals(encoder.getWeights().map(({ data }) => data), frozen, "not before compile");
  full.compile({ optimizer: "adam", loss: "mse" });
  await full.fit(x, y, options);
  assertNotEquals(encoder.getWeights().map(({ data }) => data), frozen);
});

Deno.test("a layer called twice gets the sum of both gradients", () => {
  const given = input({ shape: [2], name: "given" });
  const shared = layers.dense({ units: 2, useBias: false, name: "shared" });
  const twice = model({ inputs: given, outputs: shared.apply(shared.apply(given)) });
  twice.setWeights([[[2, 0], [0, 3]]]);
  twice.compile({
    optimizer: { id: "sgd", config: { learningRate: 1 } },
    loss: { id: "mean_squared_error", config: { reduction: "sum" } },
  });
  // y = W(Wx) with W = diag(a, b): mse = (a²x)²/2 for a target of 0; d/da = 2a·x·a²·x.
  twice.trainOnBatch([[1, 0]], [[0, 0]]);
  assertEquals(twice.getWeights()[0].toArray(), [[2 - 2 * 2 * 4, 0], [0, 3]]);
});

Deno.test("models in models, in stacks and in files, to any depth", async () => {
  const { encoder } = makePair();
  const inner = sequential([encoder, layers.dense({ units: 2, name: "mid" })], { seed: 5, name: "inner" });
  const given = input({ shape: [6], name: "given" });
  const outer = model({ inputs: given, outputs: layers.dense({ units: 1, name: "end" }).apply(inner.apply(given)) }, {
    seed: 6,
  });
  outer.compile({ optimizer: "adam", loss: "mse" });
  await outer.fit(x, y, options);
  assertEquals(outer.weights.map(({ name }) => name), [
    "inner/encoder/code/kernel",
    "inner/encoder/code/bias",
    "inner/mid/kernel",
    "inner/mid/bias",
    "end/kernel",
    "end/bias",
  ]);
  const loaded = await loadModel(outer.toBytes());
  assertEquals(loaded.predict(x).data, outer.predict(x).data);
  for (const m of [outer, loaded]) await m.fit(x, y, { ...options, initialEpoch: 0 });
  assertEquals(hashWeights(loaded), hashWeights(outer), "training goes on to the bit");
  assertEquals(String(loaded), String(outer));
});

Deno.test("the bits of a graph do not depend on the number of threads", async () => {
  const train = async (workers: number): Promise<string> => {
    const { autoencoder } = makePair(9);
    autoencoder.compile({ optimizer: "adam", loss: "mse" });
    await autoencoder.fit(x, x, { ...options, workers });
    return hashWeights(autoencoder);
  };
  const expected = await train(1);
  for (const workers of [2, 3, 4, 7]) assertEquals(await train(workers), expected, `${workers} threads`);
});

Deno.test("while one model is in training, what would move its memory is refused", async () => {
  const { autoencoder, encoder, code, image } = makePair();
  autoencoder.compile({ optimizer: "adam", loss: "mse" });
  encoder.compile({ optimizer: "sgd", loss: "mse" });
  const shared = 'model "autoencoder", with which it shares layers, is in training; await that fit first';
  let seen = 0;
  await autoencoder.fit(x, x, {
    ...options,
    callbacks: [{
      async onEpochEnd() {
        seen++;
        assertEquals(encoder.predict(x).shape, [ROWS, 3]);
        assertThrows(() => model({ inputs: image, outputs: layers.dense({ units: 1 }).apply(code) }), Error, shared);
        await assertRejects(
          () => encoder.fit(x, tensor(new Float32Array(ROWS * 3), [ROWS, 3]), options),
          Error,
          shared,
        );
      },
    }],
  });
  assertEquals(seen, 3);
  await encoder.fit(x, tensor(new Float32Array(ROWS * 3), [ROWS, 3]), options);
  assert(true, "and then it may");
});

Deno.test("models of other numerics cannot share layers", () => {
  const { image, code } = makePair();
  assertThrows(
    () => model({ inputs: image, outputs: code }, { numerics: "portable" }),
    TypeError,
    'layer "code" is in a model with numerics "fast", got "portable"',
  );
});

Deno.test("a layer in two models inside one is one layer in the file, too", async () => {
  const dense = () => layers.dense({ units: 6, activation: "tanh", inputShape: [6], name: "common" });
  const makers: (() => LayerOutput)[] = [
    () => {
      const common = dense();
      return sequential([common, layers.dense({ units: 1 })]).apply(sequential([common]).apply(given));
    },
    () => {
      const common = dense();
      return sequential([common, layers.dense({ units: 1 })]).apply(common.apply(given));
    },
    () => {
      const common = sequential([dense()], { name: "encoder" });
      return sequential([common, layers.dense({ units: 1 })]).apply(sequential([common]).apply(given));
    },
  ];
  const given = input({ shape: [6] });
  for (const make of makers) {
    const trained = model({ inputs: given, outputs: make() }, { seed: 3 });
    trained.compile({ optimizer: "adam", loss: "mse" });
    await trained.fit(x, y, options);
    const again = await loadModel(trained.toBytes());
    assertEquals(again.countParams(), 6 * 6 + 6 + 7);
    assertEquals(again.predict(x).data, trained.predict(x).data);
    for (const each of [trained, again]) await each.fit(x, y, options);
    assertEquals(again.toBytes(), trained.toBytes());
  }
});

Deno.test("what a file says of shared layers is checked", async () => {
  const common = layers.dense({ units: 6, inputShape: [6] });
  const given = input({ shape: [6] });
  const good = model({ inputs: given, outputs: sequential([common]).apply(sequential([common]).apply(given)) })
    .toBytes();
  const { tensors, metadata } = readSafetensors(good);
  const description = JSON.parse(metadata.get("retroprop")!);
  assertEquals(description.shared, { "sequential_1/dense": "sequential/dense" });
  for (
    const [shared, message] of [
      [[], "shared must be an object"],
      [{ "sequential_1/dense": 1 }, "shared must hold names of layers"],
      [{ "sequential_1/dense": "sequential_1/dense" }, "must share a layer that stands before it"],
      [{ "sequential_1/dense": "sequential_2/dense" }, "must share a layer that stands before it"],
      [{ "sequential/dense": "sequential_1/dense" }, "must share a layer that stands before it"],
      [undefined, 'the tensor "sequential_1/dense/kernel" is missing'],
    ] as const
  ) {
    const text = JSON.stringify({ ...description, shared });
    const bytes = writeSafetensors([...tensors.values()], { retroprop: text });
    await assertRejects(() => loadModel(bytes), FileFormatError, message);
  }
});

Deno.test("a stack is cut and gone on from as a graph is, also one from a file", async () => {
  const stack = sequential([
    layers.dense({ units: 4, activation: "tanh", inputShape: [6], name: "hidden" }),
    layers.dense({ units: 2 }),
  ]);
  for (const whole of [stack, await loadModel(stack.toBytes())]) {
    const hidden = model({ inputs: whole.inputs, outputs: whole.getLayer("hidden").output });
    assertEquals(hidden.predict(x).shape, [ROWS, 4]);
    assertEquals(hidden.getWeights().map(({ data }) => data), stack.getWeights().slice(0, 2).map(({ data }) => data));
    const longer = model({
      inputs: whole.inputs[0],
      outputs: layers.dense({ units: 1, kernelInitializer: "ones" }).apply(whole.outputs[0]),
    });
    const sums = Float32Array.from({ length: ROWS }, (_, i) => {
      const [a, b] = stack.predict(x).data.subarray(2 * i, 2 * i + 2);
      return a + b;
    });
    assertEquals(longer.predict(x).data, sums);
  }
});

Deno.test("a fit that is refused leaves models inside unbuilt that it had built, and others as they were", async () => {
  const inner = sequential([layers.dense({ units: 3 })]);
  const known = sequential([layers.dense({ units: 2, inputShape: [3] })]);
  const outer = sequential([inner, known, layers.dense({ units: 1 })]);
  outer.compile({ optimizer: "sgd", loss: "mse" });
  await assertRejects(() => outer.fit([[1, 2], [3, 4]], [[1]], { verbose: 0 }), TypeError, "as many samples");
  assertEquals([outer.isBuilt, inner.isBuilt, known.isBuilt], [false, false, true]);
  await outer.fit([[1, 2, 3, 4]], [[1]], { verbose: 0 });
  assertEquals(inner.getWeights()[0].shape, [4, 3]);
  assertEquals(outer.getWeights().length, 6);
});

Deno.test("after a refused fit a layer gets weights of the next data's shape, also in the store of a model that was there", async () => {
  const known = sequential([layers.dense({ units: 2, inputShape: [3] })]);
  const before = known.predict([[1, 2, 3]]).data;
  const outer = sequential([layers.dense({ units: 3, name: "first" }), known]);
  outer.compile({ optimizer: "sgd", loss: "mse" });
  await assertRejects(() => outer.fit([[1, 2], [3, 4]], [[1, 2]], { verbose: 0 }), TypeError, "as many samples");
  assertEquals(known.predict([[1, 2, 3]]).data, before);
  await outer.fit([[1, 2, 3, 4, 5]], [[1, 2]], { verbose: 0 });
  assertEquals(outer.getWeights().map(({ shape }) => shape), [[5, 3], [3], [3, 2], [2]]);
});
