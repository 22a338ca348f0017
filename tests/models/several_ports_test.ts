import { assert, assertEquals, assertNotEquals } from "@std/assert";
import {
  callbacks,
  checkGradients,
  input,
  Layer,
  layers,
  loadModel,
  model,
  type ModelOptions,
  type StreamBatch,
  type Symbolic,
  Tensor,
  tensor,
  type Tracing,
} from "../../mod.ts";
import { hashWeights } from "./hash_weights.ts";
import { buildTwoHeads, makeTwoHeads, ROWS, x, y } from "./two_heads.ts";

const QUIET = { verbose: 0 } as const;
const options = { epochs: 3, batchSize: 8, ...QUIET };
const KEYS = ["loss", "label_loss", "size_loss", "label_accuracy", "size_mae"];

Deno.test("the history, evaluate and the logs of callbacks name outputs as Keras does", async () => {
  const m = buildTwoHeads();
  const seen: string[][] = [];
  const { history } = await m.fit(x, y, {
    ...options,
    validationSplit: 0.2,
    callbacks: [{ onTrainBatchEnd: (_, logs) => void seen.push(Object.keys(logs)) }],
  });
  assertEquals(Object.keys(history), [...KEYS, ...KEYS.map((key) => `val_${key}`)]);
  assertEquals(seen[0], KEYS);
  assert(Object.values(history).every((values) => values.length === 3));
  const logs = m.evaluate(x, y);
  assertEquals(Object.keys(logs), KEYS);
  const penalty = m.getWeights()[0].data.reduce((sum, w) => sum + 0.01 * w * w, 0);
  assert(
    Math.abs(logs.loss - (logs.label_loss + 0.5 * logs.size_loss + penalty)) < 1e-6,
    "losses in the logs have no weight",
  );
  assertEquals(Object.keys(m.testOnBatch(x, y)), KEYS);
});

Deno.test("lists and records are the same, and so are losses given as a list, and one for all", async () => {
  const record = buildTwoHeads();
  await record.fit(x, y, { ...options, sampleWeight: { size: y.label.map((c) => c + 1) } });
  const list = makeTwoHeads();
  list.compile({
    optimizer: "adam",
    loss: ["sparse_categorical_crossentropy", "mse"],
    lossWeights: [1, 0.5],
    metrics: [["accuracy"], "mae"],
  });
  await list.fit([x.left, x.right], [y.label, y.size], { ...options, sampleWeight: [null, y.label.map((c) => c + 1)] });
  assertEquals(hashWeights(list), hashWeights(record));
  const tensors = buildTwoHeads();
  const right = Float32Array.from(x.right.flat());
  const typed = { left: tensor(x.left), right: { data: right, shape: [ROWS, 5] } };
  await tensors.fit(typed, { label: Int32Array.from(y.label), size: tensor(y.size) }, {
    ...options,
    sampleWeight: { size: y.label.map((c) => c + 1) },
  });
  assertEquals(hashWeights(tensors), hashWeights(record));

  const both = [makeTwoHeads(), makeTwoHeads()];
  both[0].compile({ optimizer: "sgd", loss: "mse", metrics: { label: "mae", size: ["mae"] } });
  both[1].compile({ optimizer: "sgd", loss: { label: "mse", size: "mse" }, lossWeights: 1, metrics: [["mae"], "mae"] });
  const shares = y.label.map((c) => [0, 1, 2].map((k) => k === c ? 1 : 0));
  for (const m of both) await m.fit(x, { label: shares, size: y.size }, { ...options, sampleWeight: y.label });
  assertEquals(hashWeights(both[1]), hashWeights(both[0]));
});

Deno.test("predict gives what outputs were: one tensor, a list, a record; also of streams and batches", async () => {
  const a = input({ shape: [2], name: "a" });
  const one = layers.dense({ units: 3, name: "one" }).apply(a);
  const two = layers.dense({ units: 1, name: "two" }).apply(one);
  const rows = [[1, 2], [3, 4], [5, 6]];
  const single = model({ inputs: a, outputs: two });
  const list = model({ inputs: [a], outputs: [one, two] });
  const record = model({ inputs: { given: a }, outputs: { first: one, second: two } });
  const short = model({ inputs: a, outputs: [two] });
  assert(single.predict(rows) instanceof Tensor);
  const [first, second] = list.predict(rows);
  assertEquals([first.shape, second.shape], [[3, 3], [3, 1]]);
  assertEquals(record.predict({ given: rows }), { first, second });
  assertEquals(short.predict(rows), [second]);
  assertEquals(record.predict(rows), { first, second });
  assertEquals(record.predict([tensor(rows)]).first, first);
  assertEquals(single.predict(rows), second);
  assertEquals(record.predictOnBatch(rows), { first, second });

  const batches = [{ x: { given: rows.slice(0, 2) } }, { x: rows.slice(2) }];
  assertEquals(record.predict(batches), { first, second });
  assertEquals(
    record.predict(function* () {
      yield rows.slice(0, 1);
      yield { given: rows.slice(1) };
    }()),
    { first, second },
  );
  const slow = await list.predict(async function* () {
    await Promise.resolve();
    for (const row of rows) yield { x: [row] };
  }());
  assertEquals(slow, [first, second]);

  const m = buildTwoHeads();
  const whole = m.predict(x);
  const parts = [0, 20, 30].map((from, i) => ({
    left: x.left.slice(from, [20, 30, ROWS][i]),
    right: x.right.slice(from, [20, 30, ROWS][i]),
  }));
  assertEquals(m.predict(parts.map((part) => ({ x: part }))), whole);
  assertEquals(m.predict(new Set(parts)), whole, "records of inputs as batches");
  assertEquals(m.predict(new Set(parts.map(({ left, right }) => [left, right]))), whole);
  for (const workers of [1, 2, 3]) assertEquals(m.predict(x, { batchSize: 4, workers }), whole);
});

Deno.test("an input called x in a stream of samples: the batch is the record", () => {
  const [a, b] = ["x", "y"].map((name) => input({ shape: [1], name }));
  const sum = model({ inputs: [a, b], outputs: layers.add().apply([a, b]) });
  assertEquals(sum.predict({ x: [1, 2], y: [3, 4] }).toArray(), [[4], [6]]);
  assertEquals(sum.predict(new Set([{ x: [1], y: [3] }, { x: [2], y: [4] }])).toArray(), [[4], [6]]);
  assertEquals(sum.predict([{ x: { x: [1], y: [3] } }, { x: [[2], [4]] }]).toArray(), [[4], [6]]);
});

Deno.test("inputs called x and outputs called y: pairs of validation data are no batches", async () => {
  const [a, b] = ["x", "z"].map((name) => input({ shape: [1], name }));
  const m = model({
    inputs: { x: a, z: b },
    outputs: layers.dense({ units: 1, name: "y" }).apply(layers.add().apply([a, b])),
  });
  m.compile({ loss: "mse" });
  const data = { x: [1, 2], z: [3, 4] };
  const { history } = await m.fit(data, [1, 2], { validationData: [data, [1, 2]], ...QUIET });
  assertEquals(history.val_loss[0], m.evaluate(data, { y: [1, 2] }).loss);
  const batches = [{ x: data, y: [1, 2] }, { x: data, y: { y: [1, 2] } }];
  const streamed = await m.fit(batches, { validationData: batches, validationSteps: 1, ...QUIET });
  assertEquals(streamed.history.val_loss[0], m.evaluate(data, [1, 2]).loss);
});

Deno.test("a list of one input or output takes lists of one, also of nested arrays", async () => {
  const a = input({ shape: [2], name: "a" });
  const code = layers.dense({ units: 2, name: "code" }).apply(a);
  const m = model({ inputs: [a], outputs: [layers.dense({ units: 1, name: "end" }).apply(code)] }, { seed: 3 });
  m.compile({ optimizer: "sgd", loss: ["mse"], metrics: [["mae"]] });
  const rows = [[1, 2], [3, 4], [5, 6]];
  const [predicted] = m.predict([rows]);
  assertEquals(m.predict(rows), [predicted]);
  assertEquals(m.predict([tensor(rows)]), [predicted]);
  assertEquals(m.predict([[1, 2]])[0].toArray(), (predicted.toArray() as number[][]).slice(0, 1), "one sample");
  const logs = m.evaluate([rows], [[1, 2, 3]]);
  assertEquals(Object.keys(logs), ["loss", "mae"]);
  assertEquals(m.evaluate(rows, [1, 2, 3]), logs);
  assertEquals(m.evaluate({ a: rows }, { end: [[1], [2], [3]] }), logs);
  await m.fit([rows], [[1, 2, 3]], { epochs: 1, ...QUIET });
  const both = model({ inputs: a, outputs: [code, m.outputs[0]] });
  both.compile({ loss: [null, "mse"] });
  assertEquals(both.evaluate(rows, [null, [1, 2, 3]]), both.evaluate(rows, [[1, 2, 3]]));
});

Deno.test("a stream trains, validates and evaluates as the same data in memory, to the bit", async () => {
  const validation = {
    x: { left: x.left.slice(30), right: x.right.slice(30) },
    y: { label: y.label.slice(30), size: y.size.slice(30) },
  };
  const weights = y.label.map((c) => 0.5 + c);
  function* batches() {
    for (let at = 0; at < ROWS; at += 8) {
      const cut = <T>(values: readonly T[]): T[] => values.slice(at, at + 8);
      yield {
        x: at % 16 === 0 ? { left: cut(x.left), right: cut(x.right) } : [cut(x.left), cut(x.right)],
        y: { label: cut(y.label), size: cut(y.size) },
        sampleWeight: { label: cut(weights) },
      };
    }
  }
  async function* later() {
    for (const batch of batches()) {
      await Promise.resolve();
      yield batch;
    }
  }
  const memory = buildTwoHeads();
  const { history } = await memory.fit(x, y, {
    ...options,
    shuffle: false,
    sampleWeight: { label: weights },
    validationData: validation,
    validationBatchSize: 15,
  });
  const sources = [{ [Symbol.iterator]: batches }, { [Symbol.asyncIterator]: later }];
  for (const source of sources) {
    const streamed = buildTwoHeads();
    const found = await streamed.fit(source, { epochs: 3, validationData: [validation], ...QUIET });
    assertEquals(hashWeights(streamed), hashWeights(memory));
    assertEquals(found.history, history);
    const logs = await streamed.evaluate(source as AsyncIterable<StreamBatch>);
    assertEquals(logs, memory.evaluate(x, y, { batchSize: 8, sampleWeight: { label: weights } }));
  }
});

Deno.test("an output without a loss is not trained and needs no labels", async () => {
  const cases = [
    { loss: { label: "sparse_categorical_crossentropy" }, metrics: { label: ["accuracy"] } },
    { loss: ["sparse_categorical_crossentropy", null], metrics: [["accuracy"], null] },
  ] as const;
  const hashes: string[] = [];
  for (const options of cases) {
    const m = makeTwoHeads();
    m.compile({ optimizer: "adam", ...options });
    const before = m.getWeights().map(({ data }) => data);
    const { history } = await m.fit(x, y.label, { epochs: 2, batchSize: 8, classWeight: { 1: 3 }, ...QUIET });
    assertEquals(Object.keys(history), ["loss", "label_loss", "label_accuracy"]);
    const after = m.getWeights().map(({ data }) => data);
    assertEquals(after.slice(4), before.slice(4), "the other head");
    assertNotEquals(after[0], before[0]);
    hashes.push(hashWeights(m));
    assertEquals(m.predict(x).size.shape, [ROWS, 2]);
    const logs = m.evaluate(x, { label: y.label });
    assertEquals(m.evaluate(x, y), logs, "labels for it are not looked at");
    assertEquals(m.evaluate(x, [tensor(y.label)]), logs);
    assertEquals(m.evaluate(x, [tensor(y.label), null]), logs);
    const loaded = await loadModel<ReturnType<typeof m.predict>>(m.toBytes());
    assertEquals(loaded.evaluate(x, y.label), logs);
  }
  assertEquals(hashes[1], hashes[0]);
});

Deno.test("gradients, steps of one's own, and the gradient check see all outputs", () => {
  const m = buildTwoHeads({ numerics: "portable" });
  const twin = buildTwoHeads({ numerics: "portable" });
  const { loss, gradients } = m.gradients(x, y);
  assertEquals(loss, twin.trainOnBatch(x, y).loss);
  m.applyGradients(gradients);
  assertEquals(hashWeights(m), hashWeights(twin));
  const report = checkGradients(m, x, y, { verbose: false });
  assertEquals(report.weights.map(({ name }) => name), m.weights.map(({ name }) => name));
  // float32 gradients of a dozen roundings, beside the largest: measured 4e-6.
  assert(report.worst.relativeError < 1e-4, report.text);
});

Deno.test("callbacks watch the numbers of an output", async () => {
  const m = buildTwoHeads();
  const stop = callbacks.earlyStopping({ monitor: "val_label_accuracy", patience: 1, minDelta: 1 });
  const { epoch } = await m.fit(x, y, { ...options, epochs: 9, validationSplit: 0.2, callbacks: stop });
  assert(epoch.length < 9);
  await m.fit(x, y, {
    ...options,
    callbacks: callbacks.reduceLROnPlateau({ monitor: "size_loss", patience: 1, minDelta: 1e9 }),
  });
  assert(m.learningRate as number < 0.001);
});

/** Gives a sum and a product of what it is given. */
class SumAndProduct extends Layer {
  constructor(config: { name?: string } = {}) {
    super("sum_and_product", config);
  }
  override call(t: Tracing, a: Symbolic, b: Symbolic): readonly Symbolic[] {
    const map = (formula: string) => t.graph.apply("map", [a, b], { formula });
    return [map("add"), map("mul")];
  }
}

Deno.test("layers with several inputs and results, and models of them as layers", async () => {
  const make = (seed: number) => {
    const [a, b] = [input({ shape: [2], name: "a" }), input({ shape: [2], name: "b" })];
    const [sum, product] = new SumAndProduct({ name: "pair" }).apply<readonly ReturnType<typeof input>[]>([a, b]);
    const scaled = layers.dense({ units: 2, name: "scaled" }).apply(sum);
    const inner = model({ inputs: { a, b }, outputs: { scaled, product } }, { name: "inner", seed });
    const [c, d] = [input({ shape: [2], name: "c" }), input({ shape: [2], name: "d" })];
    const [p, q] = inner.apply<readonly ReturnType<typeof input>[]>([c, d]);
    const [r] = inner.apply<readonly ReturnType<typeof input>[]>([q, p]);
    const outer = model({ inputs: [c, d], outputs: [p, q, layers.dense({ units: 1, name: "end" }).apply(r)] }, {
      seed,
    });
    return { inner, outer };
  };
  const { inner, outer } = make(3);
  const [c, d] = [[[1, 2], [3, 4]], [[5, 6], [7, 8]]];
  const { scaled, product } = inner.predict([c, d]);
  assertEquals(product.toArray(), [[5, 12], [21, 32]]);
  const [p, q, end] = outer.predict([c, d]);
  assertEquals([p, q], [scaled, product]);
  const [kernel, bias] = outer.getWeights().slice(2);
  const again = inner.predict([q, p]).scaled.toArray() as number[][];
  const expected = again.map(([u, v]) => u * kernel.data[0] + v * kernel.data[1] + bias.data[0]);
  (end.toArray() as number[][]).forEach(([value], i) => assert(Math.abs(value - expected[i]) < 1e-4));

  assertEquals(outer.outputs.map(({ name }) => name), ["inner", "inner", "end"]);
  outer.compile({ optimizer: "sgd", loss: { inner: "mse", end: "mae" } });
  const { history } = await outer.fit([c, d], { inner: c, end: [1, 2] }, { epochs: 1, ...QUIET });
  assertEquals(Object.keys(history), ["loss", "inner_loss", "end_loss"]);
  outer.compile({ optimizer: "sgd", loss: ["mse", "mse", "mse"] });
  const named = await outer.fit([c, d], [c, d, [1, 2]], { epochs: 1, ...QUIET });
  assertEquals(Object.keys(named.history), ["loss", "inner_loss", "inner_1_loss", "end_loss"]);
  const custom = { layers: { sum_and_product: (config: { name?: string }) => new SumAndProduct(config) } };
  const loaded = await loadModel<readonly Tensor[]>(outer.toBytes(), { custom });
  assertEquals(loaded.predict([c, d]), outer.predict([c, d]));
  assertEquals(loaded.toBytes(), outer.toBytes());
});

Deno.test("models over shared layers with several outputs are trained in turn", async () => {
  const make = (options: ModelOptions = {}) => {
    const given = input({ shape: [3], name: "given" });
    const code = layers.dense({ units: 4, activation: "tanh", name: "code" }).apply(given);
    const again = layers.dense({ units: 3, name: "again" }).apply(code);
    const label = layers.dense({ units: 3, activation: "softmax", name: "label" }).apply(code);
    const full = model({ inputs: given, outputs: { again, label } }, { seed: 2, ...options });
    const coder = model({ inputs: given, outputs: [again] }, { seed: 2, ...options });
    full.compile({ optimizer: "adam", loss: { again: "mse", label: "sparse_categorical_crossentropy" } });
    coder.compile({ optimizer: "rmsprop", loss: ["mse"] });
    return { full, coder };
  };
  const { full, coder } = make();
  const data = x.left;
  await full.fit(data, { again: data, label: y.label }, options);
  await coder.fit(data, [tensor(data)], options);
  await full.fit(data, { again: data, label: y.label }, options);
  assertEquals(coder.predict(data)[0], full.predict(data).again);
  assertEquals([full.iteration, coder.iteration], [36, 18]);
  // The optimizer of each keeps its own: with the coder's weights put back by hand the full model goes the same way alone.
  const alone = make().full;
  const { full: other, coder: between } = make();
  await other.fit(data, { again: data, label: y.label }, options);
  await alone.fit(data, { again: data, label: y.label }, options);
  await between.fit(data, data, options);
  alone.setWeights(other.getWeights());
  await alone.fit(data, { again: data, label: y.label }, options);
  assertEquals(hashWeights(alone), hashWeights(full));
});

Deno.test("no loss is lost where outputs and inputs are the same nodes", async () => {
  const a = input({ shape: [2], name: "a" });
  const code = layers.dense({ units: 2, name: "code" }).apply(a);
  const m = model({ inputs: a, outputs: { given: a, code, twice: code } });
  m.compile({ optimizer: "sgd", loss: { code: "mse", twice: "mae" }, lossWeights: { twice: 0 } });
  const { history } = await m.fit([[1, 2]], { code: [[0, 0]], twice: [[1, 1]] }, { epochs: 2, ...QUIET });
  assertEquals(Object.keys(history), ["loss", "code_loss", "twice_loss"]);
  assertEquals(history.loss, history.code_loss);
  assertEquals(m.predict([[1, 2]]).given.toArray(), [[1, 2]]);
  assertEquals(m.predict([[1, 2]]).twice, m.predict([[1, 2]]).code);
});
