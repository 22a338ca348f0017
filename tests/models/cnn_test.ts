import { assert, assertEquals } from "@std/assert";
import {
  checkGradients,
  choice,
  compileModel,
  input,
  layers,
  loadModel,
  model,
  search,
  sequential,
} from "../../mod.ts";
import { load } from "../../src/edge/blocks.ts";
import { drawNumbers } from "./draw_numbers.ts";
import { hashWeights } from "./hash_weights.ts";

// What the suites say of single layers, of networks of them: gradients, files, streams, frozen layers, several inputs, searches, the edge.

const SHAPE = [9, 8, 3], SIZE = 9 * 8 * 3, COUNT = 24;
const X = drawNumbers(COUNT, SIZE, 3).map((row) =>
  Array.from(
    { length: 9 },
    (_, i) => Array.from({ length: 8 }, (_, j) => row.slice((8 * i + j) * 3, (8 * i + j + 1) * 3)),
  )
);
const Y = X.map((image) => Number(image.flat(2).reduce((a, b) => a + b, 0) > 0));

/** A network of separable and pooling layers. */
function create(
  first = layers.separableConv2d({ filters: 6, kernelSize: 3, padding: "same", activation: "relu", inputShape: SHAPE }),
) {
  const net = sequential([
    first,
    layers.maxPooling2d({ padding: "same" }),
    layers.batchNormalization(),
    layers.depthwiseConv2d({ kernelSize: 3, strides: [2, 1], padding: "same", depthMultiplier: 2 }),
    layers.averagePooling2d({ poolSize: 2, strides: 1, padding: "same" }),
    layers.adaptiveMaxPooling2d({ outputSize: [2, 3] }),
    layers.dropout({ rate: 0.2 }),
    layers.globalAveragePooling2d(),
    layers.dense({ units: 2, activation: "softmax" }),
  ], { seed: 4 });
  net.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy" });
  return net;
}

const OPTIONS = { batchSize: 8, verbose: 0, workers: 1, shuffle: false } as const;

Deno.test("a network of pooling and depthwise layers: gradients, a file that goes on, streams", async () => {
  const report = checkGradients(create(), X.slice(0, 4), Y.slice(0, 4), { elements: 8, verbose: false });
  assert(report.worst.relativeError <= 1e-3, report.text);
  const whole = create();
  await whole.fit(X, Y, { ...OPTIONS, epochs: 3 });
  const first = create();
  await first.fit(X, Y, { ...OPTIONS, epochs: 1 });
  const second = await loadModel(first.toBytes());
  await second.fit(X, Y, { ...OPTIONS, initialEpoch: 1, epochs: 3 });
  assertEquals(hashWeights(second), hashWeights(whole));
  const streamed = create();
  const batches = {
    *[Symbol.iterator]() {
      for (let i = 0; i < COUNT; i += 8) yield { x: X.slice(i, i + 8), y: Y.slice(i, i + 8) };
    },
  };
  const { shuffle: _, batchSize: __, ...rest } = OPTIONS;
  await streamed.fit(batches, { ...rest, epochs: 3 });
  assertEquals(hashWeights(streamed), hashWeights(whole));
});

Deno.test("the edge runs it, with weights of every precision", async () => {
  const net = create();
  await net.fit(X, Y, { ...OPTIONS, epochs: 2 });
  const wanted = net.predict(X).data;
  // Probabilities of two classes: 2^-11 and 1/254 of the largest weight, over some layers.
  for (const [weights, tolerance] of [["float32", 1e-6], ["float16", 1e-3], ["int8", 1e-2]] as const) {
    const found = (load(compileModel(net, { weights })).predict(X) as number[][]).flat();
    found.forEach((value, i) => assert(Math.abs(value - wanted[i]) <= tolerance, `${weights} [${i}]: ${value}`));
  }
});

Deno.test("a frozen convolution beside a second input keeps its weights, and its gradient is not asked for", async () => {
  const image = input({ shape: SHAPE, name: "image" }), other = input({ shape: [4], name: "other" });
  const frozen = layers.depthwiseConv2d({ kernelSize: 3, trainable: false, name: "frozen" });
  const pooled = layers.globalMaxPooling2d().apply(layers.averagePooling2d().apply(frozen.apply(image)));
  const joined = layers.concatenate().apply([pooled, other]);
  const net = model({ inputs: [image, other], outputs: layers.dense({ units: 1, name: "head" }).apply(joined) });
  net.compile({ optimizer: "sgd", loss: "mse" });
  const before = net.weights.map(({ name, value }) => [name, [...value.data]] as const);
  await net.fit([X, drawNumbers(COUNT, 4, 5)], Y, { ...OPTIONS, epochs: 1 });
  const changed = before.filter(([, old], i) => net.weights[i].value.data.some((v, j) => v !== old[j]));
  assertEquals(changed.map(([name]) => name), ["head/kernel", "head/bias"]);
});

Deno.test("a search over such networks finds the same on one thread and on two", async () => {
  const run = (workers: number) =>
    search({
      space: { filters: choice([2, 4]), window: choice([2, 3]) },
      build: ({ filters, window }) =>
        create(layers.separableConv2d({ filters, kernelSize: window, activation: "relu", inputShape: SHAPE })),
      trials: 3,
      x: X,
      y: Y,
      epochs: 2,
      batchSize: 8,
      validation: { split: 0.25 },
      monitor: "val_loss",
      seed: 1,
      workers,
      verbose: 0,
    });
  const [one, two] = [await run(1), await run(2)];
  assertEquals(
    two.trials.map(({ params, score }) => [params, score]),
    one.trials.map(({ params, score }) => [params, score]),
  );
});
