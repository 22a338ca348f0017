import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  callbacks,
  checkGradients,
  type FunctionalModel,
  input,
  layers,
  loadModel,
  model,
  printStep,
  sequential,
} from "../../mod.ts";
import { readSafetensors } from "../../src/files/read_safetensors.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";
import { assertSameBits } from "../workers/assert_same_bits.ts";
import { drawNumbers } from "./draw_numbers.ts";
import { hashWeights } from "./hash_weights.ts";
import { buildClassifier, classOf, custom, drawSequences, MeanOverTime } from "./open_models.ts";

const QUIET = { verbose: 0, workers: 1 } as const;

/** Sequences of several lengths, padded with 0 to `steps`. */
function drawPadded(rows: number, steps: number): number[][][] {
  return drawSequences(rows, steps, 7).map((sequence, row) =>
    sequence.map((step, at) => at <= row * 5 % steps ? step : [0, 0, 0])
  );
}

Deno.test("a classifier of sequences of any length is, for each, the one that was built for it, to the bit", async () => {
  for (const steps of [1, 2, 5, 16, 37]) {
    const [open, known] = [buildClassifier(null), buildClassifier(steps)];
    assertEquals(hashWeights(open), hashWeights(known));
    const x = drawPadded(11, steps);
    const y = classOf(x);
    assertEquals(open.predict(x), known.predict(x));
    assertEquals(open.predict(x, { batchSize: 4 }).data, known.predict(x).data);
    assertEquals(open.predictOnBatch(x), known.predictOnBatch(x));
    assertEquals(open.gradients(x, y), known.gradients(x, y));
    assertEquals(open.trainOnBatch(x, y), known.trainOnBatch(x, y));
    const options = { ...QUIET, epochs: 2, batchSize: 4, validationSplit: 0.2, sampleWeight: y.map((c) => 1 + c) };
    const histories = [await open.fit(x, y, options), await known.fit(x, y, options)].map(({ history }) => history);
    assertEquals(histories[0], histories[1]);
    assertEquals(hashWeights(open), hashWeights(known));
    assertEquals(open.evaluate(x, y, { batchSize: 3 }), known.evaluate(x, y, { batchSize: 3 }));
    assertEquals(open.testOnBatch(x, y), known.testOnBatch(x, y));
  }
});

Deno.test("one model takes batches of one length after another, and goes on from each", () => {
  const open = buildClassifier(null);
  for (const [i, steps] of [3, 8, 3, 1, 12, 8].entries()) {
    const known = buildClassifier(steps);
    known.setWeights(open.getWeights());
    const x = drawSequences(4 + i, steps, i);
    assertEquals(open.predict(x), known.predict(x));
    assertEquals(open.gradients(x, classOf(x)).gradients["dense/kernel"].shape, [3, 6]);
    open.trainOnBatch(x, classOf(x));
  }
});

Deno.test("shapes and the summary show an unknown length as null", () => {
  const open = buildClassifier(null);
  assertEquals(open.inputShape, [null, null, 3]);
  assertEquals(open.outputShape, [null, 2]);
  assertEquals(open.inputs[0].shape, [null, null, 3]);
  assertEquals(open.getLayer("dense").outputShape, [null, null, 6]);
  assertEquals(open.layers[0].inputShape, [null, 3]);
  assertStringIncludes(open.summary(), "[batch, null, 6]");
  assertEquals(sequential([layers.inputLayer({ shape: [null, null] })]).inputShape, [null, null, null]);
  // What is the same whatever the length is known; what depends on it is not.
  const x = input({ shape: [null, 3] });
  assertEquals(layers.zeroPadding1d({ padding: 2 }).apply(x).shape, [null, null, 3]);
  assertEquals(layers.flatten().apply(x).shape, [null, null]);
  assertEquals(layers.permute({ dims: [2, 1] }).apply(x).shape, [null, 3, null]);
  assertEquals(layers.dot({ axes: [1, 1] }).apply([x, x]).shape, [null, 3, 3]);
  assertEquals(layers.dot({ axes: [2, 2] }).apply([x, x]).shape, [null, null, null]);
  assertEquals(layers.reshape({ targetShape: [-1, 1, 6] }).apply(x).shape, [null, null, 1, 6]);
  // Layers that want long sequences, or short ones.
  assertEquals(layers.cropping1d({ cropping: 100 }).apply(x).shape, [null, null, 3]);
  class AtMost extends layers.Layer {
    override call({ ops }: layers.Tracing, x: Symbolic): Symbolic {
      if (x.shape[1] > 20) throw new RangeError("at most 20 steps");
      return ops.add(x, 1);
    }
  }
  assertEquals(new AtMost("at_most").apply(x).shape, [null, null, 3]);
});

Deno.test("a model for sequences of any length goes into a file, which is read to the same bits and trains on", async () => {
  const open = buildClassifier(null);
  const x = drawPadded(9, 6);
  const y = classOf(x);
  await open.fit(x, y, { ...QUIET, epochs: 1 });
  const bytes = open.toBytes();
  const again = await loadModel(bytes, { custom });
  assertEquals(again.inputShape, [null, null, 3]);
  assertEquals(again.layers[0].inputShape, [null, 3]);
  const longer = drawPadded(9, 10);
  for (const [samples, labels] of [[x, y], [longer, classOf(longer)]] as const) {
    assertEquals(again.predict(samples), open.predict(samples));
    const rest = { ...QUIET, initialEpoch: 1, epochs: 3 };
    assertEquals((await again.fit(samples, labels, rest)).history, (await open.fit(samples, labels, rest)).history);
    assertEquals(hashWeights(again), hashWeights(open));
  }
  // An earlier version cannot say it; a stack whose lengths are known stays what it was.
  const versionOf = (file: Uint8Array): unknown => JSON.parse(readSafetensors(file).metadata.get("retroprop")!).version;
  assertEquals([versionOf(bytes), versionOf(buildClassifier(6).toBytes())], [2, 1]);
});

/** Two sequences of lengths of their own, joined with a label for every step of the first. */
function buildTagger(first: number | null, second: number | null): FunctionalModel {
  const [words, context] = [
    input({ shape: [first, 3], name: "words" }),
    input({ shape: [second, 2], name: "context" }),
  ];
  const about = new MeanOverTime({ name: "about" }).apply(layers.dense({ units: 4, name: "dense_0" }).apply(context));
  const steps = layers.dense({ units: 4, activation: "tanh", name: "steps" }).apply(layers.masking().apply(words));
  const joined = layers.add().apply([steps, layers.reshape({ targetShape: [1, 4] }).apply(about)]);
  const m = model({
    inputs: { words, context },
    outputs: layers.dense({ units: 3, activation: "softmax", name: "tags" }).apply(joined),
  }, { seed: 6 });
  m.compile({
    optimizer: "adam",
    loss: "sparse_categorical_crossentropy",
    metrics: ["accuracy"],
    weightedMetrics: ["sparse_categorical_crossentropy"],
  });
  return m;
}

const tagger = (rows: number, first: number, second: number) => ({
  words: drawSequences(rows, first, 1),
  context: drawSequences(rows, second, 2).map((steps) => steps.map((step) => step.slice(1))),
});
const tags = (rows: number, steps: number): number[][] =>
  Array.from({ length: rows }, (_, row) => Array.from({ length: steps }, (_, step) => (row + step) % 3));

Deno.test("several inputs with unknown axes, and a label for every step, as with lengths that are known", async () => {
  for (const [first, second] of [[4, 7], [9, 1], [1, 3]]) {
    const [open, known] = [buildTagger(null, null), buildTagger(first, second)];
    assertEquals(open.outputShape, [null, null, 3]);
    const [x, y] = [tagger(10, first, second), tags(10, first)];
    const sampleWeight = y.map((_, i) => 0.5 + i % 2);
    assertEquals(open.predict(x), known.predict(x));
    assertEquals(open.predict(x).shape, [10, first, 3]);
    const options = { ...QUIET, epochs: 2, batchSize: 4, sampleWeight };
    assertEquals((await open.fit(x, y, options)).history, (await known.fit(x, y, options)).history);
    assertEquals(hashWeights(open), hashWeights(known));
    assertEquals(open.evaluate(x, y, { sampleWeight }), known.evaluate(x, y, { sampleWeight }));
  }
});

Deno.test("images of any size: two unknown axes", () => {
  const build = (height: number | null, width: number | null) => {
    const m = sequential([
      layers.dense({ units: 4, activation: "relu", inputShape: [height, width, 3] }),
      layers.upSampling2d({ size: 2 }),
      layers.lambda({ function: ({ ops }, x) => ops.mean(x, { axis: [1, 2] }), name: "pool" }),
      layers.dense({ units: 1 }),
    ], { seed: 8 });
    m.compile({ optimizer: "sgd", loss: "mse" });
    return m;
  };
  const open = build(null, null);
  assertEquals(open.layers[1].outputShape, [null, null, null, 4]);
  for (const [height, width] of [[2, 5], [7, 3], [1, 1]]) {
    const known = build(height, width);
    known.setWeights(open.getWeights());
    const data = Float32Array.from(drawNumbers(6 * height * width, 3, 5).flat());
    const x = { data, shape: [6, height, width, 3] };
    assertEquals(open.predict(x), known.predict(x));
    assertEquals(open.trainOnBatch(x, [1, 2, 3, 4, 5, 6]), known.trainOnBatch(x, [1, 2, 3, 4, 5, 6]));
    assertEquals(hashWeights(open), hashWeights(known));
  }
});

Deno.test("layers and models with unknown lengths are shared, and stand inside models whose lengths are known", () => {
  const encode = layers.dense({ units: 4, name: "encode" });
  const any = input({ shape: [null, 3], name: "any" });
  const pooled = model({ inputs: any, outputs: new MeanOverTime().apply(encode.apply(any)) }, { name: "pooled" });
  // The layer and the model, on samples of a known length.
  const five = input({ shape: [5, 3], name: "five" });
  const both = model({ inputs: five, outputs: [encode.apply(five), pooled.apply(five)] });
  assertEquals(both.outputs.map(({ shape }) => shape), [[null, 5, 4], [null, 4]]);
  const x = drawSequences(4, 5, 3);
  assertEquals((both.predict(x) as readonly { data: Float32Array }[])[1].data, pooled.predict(x).data);
  // And in a model whose lengths are not known either.
  const outer = sequential([layers.inputLayer({ shape: [null, 3] }), pooled, layers.dense({ units: 1 })]);
  assertEquals(outer.predict(drawSequences(2, 9, 1)).shape, [2, 1]);
});

Deno.test("unknown lengths: the same bits for any number of threads", async () => {
  const x = drawPadded(42, 7);
  const y = classOf(x);
  await assertSameBits(
    () => buildClassifier(null),
    (m, workers) => m.fit(x, y, { verbose: 0, epochs: 2, batchSize: 16, workers, validationSplit: 0.2 }),
  );
  const open = buildClassifier(null);
  for (const workers of [2, 3, "auto"] as const) {
    assertEquals(open.predict(x, { workers, batchSize: 4 }), open.predict(x, { workers: 1 }));
    assertEquals(open.evaluate(x, y, { workers, batchSize: 4 }), open.evaluate(x, y, { workers: 1, batchSize: 4 }));
  }
});

Deno.test("gradients over unknown lengths agree with finite differences, and a step can be printed", () => {
  const [x, y] = [tagger(3, 4, 2), tags(3, 4)];
  const open = buildTagger(null, null);
  assert(checkGradients(open as never, x, y, { verbose: false }).worst.relativeError < 2e-3);
  const printed = printStep(open as never, { batchSize: 3, inputShape: [[4, 3], [2, 2]] });
  assertEquals(printed, printStep(buildTagger(4, 2) as never, { batchSize: 3 }));
});

Deno.test("a thousand lengths leave a bounded number of programs, and no more memory than the longest needs", () => {
  const open = sequential([
    layers.dense({ units: 4, activation: "tanh", inputShape: [null, 3] }),
    new MeanOverTime(),
    layers.dense({ units: 1 }),
  ]);
  open.compile({ optimizer: "sgd", loss: "mse" });
  const data = new Float32Array(1000 * 3).map((_, i) => Math.sin(i));
  const of = (steps: number) => ({ data: data.subarray(0, 3 * steps), shape: [1, steps, 3] });
  open.trainOnBatch(of(1000), [1]);
  open.predict(of(1000));
  for (let steps = 1; steps <= 400; steps++) {
    open.trainOnBatch(of(steps), [1]);
    open.predict(of(steps));
  }
  const { memory } = open.network;
  const before = memory.memory.buffer.byteLength;
  for (let steps = 401; steps <= 1000; steps++) {
    open.trainOnBatch(of(steps), [1]);
    open.predict(of(steps));
  }
  assertEquals(open.network.memory, memory);
  assertEquals(memory.memory.buffer.byteLength, before);
  // What was asked for last is still there.
  const last = open.network.predictor(1, 1, open.network.shapesFor([of(1000)]));
  assertEquals(open.network.predictor(1, 1, open.network.shapesFor([of(1000)])), last);
});

Deno.test("callbacks see and restore a model with unknown lengths", async () => {
  const open = buildClassifier(null);
  const x = drawPadded(20, 5);
  const stop = callbacks.earlyStopping({ monitor: "val_loss", patience: 1, restoreBestWeights: true });
  const { history } = await open.fit(x, classOf(x), { ...QUIET, epochs: 4, validationSplit: 0.25, callbacks: [stop] });
  assert(history.val_loss.length >= 2);
});
