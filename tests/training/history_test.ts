import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { layers, losses, metrics, optimizers, sequential } from "../../mod.ts";
import type { Sequential } from "../../mod.ts";
import { drawNumbers } from "../models/draw_numbers.ts";

/** One weight, y = w·x, so that every loss can be worked out by hand. */
function line(
  w: number,
  options: { loss?: Parameters<Sequential["compile"]>[0]["loss"]; rate?: number } = {},
): Sequential {
  const model = sequential([layers.dense({ units: 1, useBias: false, inputShape: [1] })], { seed: 1 });
  model.setWeights([[[w]]]);
  const optimizer = optimizers.sgd({ learningRate: options.rate ?? 0 });
  model.compile({
    optimizer,
    loss: options.loss ?? "mse",
    metrics: ["mae"],
    weightedMetrics: [metrics.meanAbsoluteError({ name: "wmae" })],
  });
  return model;
}

function weight(model: Sequential): number {
  return model.getWeights()[0].data[0];
}

function near(found: unknown, expected: number, what = ""): void {
  assertAlmostEquals(found as number, expected, 2e-6 * Math.max(1, Math.abs(expected)), what);
}

const QUIET = { verbose: 0 } as const;

Deno.test("history: keys, lengths, epochs and params", async () => {
  const model = line(0.5, { rate: 0.01 });
  const history = await model.fit([1, 2, 3, 4], [1, 2, 3, 4], {
    epochs: 3,
    batchSize: 3,
    validationSplit: 0.25,
    ...QUIET,
  });
  assertEquals(Object.keys(history.history).sort(), ["loss", "mae", "val_loss", "val_mae", "val_wmae", "wmae"]);
  for (const values of Object.values(history.history)) assertEquals(values.length, 3);
  assertEquals(history.epoch, [0, 1, 2]);
  assertEquals(history.params, { epochs: 3, steps: 1, verbose: 0, validationFreq: 1 });
});

Deno.test("the loss of an epoch is the mean over batches, weighted by their rows", async () => {
  // w = 0: losses y². Batches [1, 2, 3] and [4]: (1 + 4 + 9 + 16) / 4, not ((14 / 3) + 16) / 2.
  const history = await line(0).fit([1, 1, 1, 1], [1, 2, 3, 4], { batchSize: 3, shuffle: false, ...QUIET });
  near(history.history.loss[0], 30 / 4);
  near(history.history.mae[0], 10 / 4);
});

Deno.test("a loss with the reduction sum is trained as a sum and logged as the mean of the batches by rows, as in Keras", async () => {
  const model = line(0, { loss: losses.meanSquaredError({ reduction: "sum" }), rate: 0.5 });
  const history = await model.fit([1, 1], [1, 2], { shuffle: false, ...QUIET });
  near(history.history.loss[0], 5);
  near(weight(model), 0.5 * 2 * 3); // dw = −2·Σ(y − wx)x
});

Deno.test("logs of an epoch are of the weights before each step; evaluate is of those after", async () => {
  const model = line(0, { rate: 0.25 });
  const history = await model.fit([1], [2], { epochs: 2, ...QUIET });
  // w ← w − 0.25 · 2(w − 2): 0 → 1 → 1.5; losses 4, 1; after that 0.25.
  near(history.history.loss[0], 4);
  near(history.history.loss[1], 1);
  near(weight(model), 1.5);
  near(model.evaluate([1], [2]).loss, 0.25);
});

Deno.test("validationSplit takes the last samples, before shuffling", async () => {
  const x = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
  const y = [0, 0, 0, 0, 0, 0, 0, 0, 3, 5];
  for (const shuffle of [false, true]) {
    const { history } = await line(0).fit(x, y, { validationSplit: 0.2, shuffle, ...QUIET });
    near(history.loss[0], 0);
    near(history.val_loss[0], (9 + 25) / 2);
    near(history.val_mae[0], 4);
  }
  // Keras: the first floor(n · (1 − split)) samples are trained on: 10 · 0.65 → 6.
  const { history } = await line(0).fit(x, [0, 0, 0, 0, 0, 0, 4, 4, 4, 4], { validationSplit: 0.35, ...QUIET });
  near(history.loss[0], 0);
  near(history.val_loss[0], 16);
});

Deno.test("validationData: an object, a pair, a triple with weights; it wins over validationSplit", async () => {
  const x = [1, 1];
  const fit = (validationData: unknown, more = {}) =>
    line(0).fit([1, 1], [1, 1], { validationData: validationData as [number[], number[]], ...QUIET, ...more });
  near((await fit({ x, y: [1, 3] })).history.val_loss[0], 5);
  near((await fit([x, [1, 3]])).history.val_loss[0], 5);
  const weighted = await fit([x, [1, 3], [1, 0]]);
  near(weighted.history.val_loss[0], 0.5); // Σ w·loss / rows
  near(weighted.history.val_mae[0], 2);
  near(weighted.history.val_wmae[0], 1); // Σ w·|e| / Σ w
  near((await fit({ x, y: [1, 3], sampleWeight: [0, 1] })).history.val_loss[0], 4.5);
  const both = await fit([x, [1, 3]], { validationSplit: 0.5 });
  near(both.history.val_loss[0], 5);
  assertEquals(both.history.loss.length, 1);
  near((await fit([x, [1, 3]], { validationBatchSize: 1 })).history.val_loss[0], 5);
  for (const wrong of [[x], [x, [1, 3], [1, 1], 4], { x }, 3, null, "xy"]) {
    await assertRejects(() => fit(wrong), TypeError, "validationData must be { x, y, sampleWeight? } or [x, y]");
  }
});

Deno.test("validationFreq validates after every n-th epoch", async () => {
  const { history } = await line(0).fit([1, 1], [1, 1], {
    epochs: 7,
    validationSplit: 0.5,
    validationFreq: 3,
    ...QUIET,
  });
  assertEquals(history.loss.length, 7);
  assertEquals(history.val_loss.length, 2);
});

Deno.test("shuffle: every sample once an epoch, orders differ, a seed fixes them, false keeps the order", async () => {
  const n = 23;
  const order = async (options: object): Promise<number[][]> => {
    // With batches of one and no step, the running mean of mae gives back each label.
    const model = line(0);
    const epochs: number[][] = [];
    let sum = 0;
    await model.fit(new Array(n).fill(1), Array.from({ length: n }, (_, i) => i), {
      epochs: 3,
      batchSize: 1,
      ...QUIET,
      callbacks: [{
        onEpochBegin: () => {
          epochs.push([]);
          sum = 0;
        },
        onTrainBatchEnd: (batch, logs) => {
          const total = logs.mae as number * (batch + 1);
          epochs.at(-1)!.push(Math.round(total - sum));
          sum = total;
        },
      }],
      ...options,
    });
    return epochs;
  };
  const plain = Array.from({ length: n }, (_, i) => i);
  assertEquals(await order({ shuffle: false }), [plain, plain, plain]);
  const shuffled = await order({});
  for (const epoch of shuffled) assertEquals(epoch.toSorted((a, b) => a - b), plain);
  assert(String(shuffled[0]) !== String(shuffled[1]) && String(shuffled[1]) !== String(shuffled[2]), "epochs differ");
  assert(String(shuffled[0]) !== String(plain));
  assertEquals(await order({}), shuffled, "the model's seed fixes the order");
  assertEquals(await order({ seed: 1 }), shuffled, "and so does the same seed given to fit");
  assert(String(await order({ seed: 2 })) !== String(shuffled), "another seed, another order");
});

Deno.test("initialEpoch begins there and ends at epochs; epochs 0 changes nothing", async () => {
  const model = line(0, { rate: 0.1 });
  const later = await model.fit([1], [1], { epochs: 5, initialEpoch: 3, ...QUIET });
  assertEquals(later.epoch, [3, 4]);
  assertEquals(later.history.loss.length, 2);
  const before = weight(model);
  const none = await model.fit([1], [1], { epochs: 0, ...QUIET });
  assertEquals([none.epoch, none.history], [[], { loss: [] }]);
  assertEquals((await model.fit([1], [1], { epochs: 2, initialEpoch: 2, ...QUIET })).epoch, []);
  assertEquals(weight(model), before);
});

Deno.test("sampleWeight: Σ w·loss / rows, in the loss and in the gradient", async () => {
  const model = line(0, { rate: 0.5 });
  const history = await model.fit([1, 1, 1, 1], [1, 2, 3, 4], { sampleWeight: [0, 2, 0, 1], ...QUIET });
  near(history.history.loss[0], (2 * 4 + 16) / 4);
  near(history.history.mae[0], 10 / 4, "metrics ignore the weights");
  near(history.history.wmae[0], (2 * 2 + 4) / 3, "weightedMetrics use them");
  near(weight(model), 0.5 * 2 * (2 * 2 + 4) / 4);
  near(model.evaluate([1, 1], [1, 2], { sampleWeight: [0, 1] }).loss, (weight(model) - 2) ** 2 / 2);
});

Deno.test("classWeight weighs samples by their class: indices, 0 or 1, one-hot; it multiplies sampleWeight", async () => {
  const x = [[1, 0], [0, 1], [1, 1]];
  const build = (units: number, loss: string, activation: string) => {
    const model = sequential([layers.dense({ units, activation, inputShape: [2], kernelInitializer: "zeros" })]);
    model.compile({ optimizer: optimizers.sgd({ learningRate: 0 }), loss });
    return model;
  };
  const ln2 = Math.log(2);
  const ln3 = Math.log(3);
  const classWeight = { 0: 1, 1: 5 };
  const binary = await build(1, "binary_crossentropy", "sigmoid").fit(x, [0, 1, 1], { classWeight, ...QUIET });
  near(binary.history.loss[0], ln2 * 11 / 3);
  const sparse = await build(3, "sparse_categorical_crossentropy", "softmax").fit(x, [0, 1, 2], {
    classWeight,
    ...QUIET,
  });
  near(sparse.history.loss[0], ln3 * (1 + 5 + 1) / 3);
  const oneHot = await build(3, "categorical_crossentropy", "softmax").fit(x, [[1, 0, 0], [0, 1, 0], [0, 0, 1]], {
    classWeight,
    sampleWeight: [1, 2, 3],
    ...QUIET,
  });
  near(oneHot.history.loss[0], ln3 * (1 + 10 + 3) / 3);
});

Deno.test("labels: flat, in a column, class indices flat and in a column, typed arrays and tensors", async () => {
  const x = drawNumbers(5, 2, 1);
  const fit = async (units: number, loss: string, y: unknown) => {
    const model = sequential([
      layers.dense({ units, activation: units === 1 ? "sigmoid" : "softmax", inputShape: [2] }),
    ], { seed: 3 });
    model.compile({ optimizer: "sgd", loss, metrics: ["accuracy"] });
    return (await model.fit(x, y as number[], { epochs: 3, ...QUIET })).history;
  };
  const flat = [0, 1, 1, 0, 1];
  const binary = await fit(1, "binary_crossentropy", flat);
  assertEquals(await fit(1, "binary_crossentropy", flat.map((v) => [v])), binary);
  assertEquals(await fit(1, "binary_crossentropy", Uint8Array.from(flat)), binary);
  assertEquals(await fit(1, "binary_crossentropy", { data: Float64Array.from(flat), shape: [5, 1] }), binary);
  assertEquals(await fit(1, "binary_crossentropy", flat.map(Boolean)), binary);
  const classes = [0, 2, 1, 2, 0];
  const sparse = await fit(3, "sparse_categorical_crossentropy", classes);
  assertEquals(await fit(3, "sparse_categorical_crossentropy", classes.map((v) => [v])), sparse);
  assertEquals(await fit(3, "sparse_categorical_crossentropy", Int32Array.from(classes)), sparse);
  const oneHot = await fit(3, "categorical_crossentropy", classes.map((c) => [0, 1, 2].map((j) => Number(j === c))));
  oneHot.loss.forEach((loss, i) => near(loss, sparse.loss[i]));
  assertEquals(oneHot.accuracy, sparse.accuracy);
});

Deno.test("a batch larger than the data is one batch of all of them", async () => {
  const one = line(0, { rate: 0.1 });
  const two = line(0, { rate: 0.1 });
  const a = await one.fit([1, 2, 3], [1, 2, 3], { epochs: 4, batchSize: 3, shuffle: false, ...QUIET });
  const b = await two.fit([1, 2, 3], [1, 2, 3], { epochs: 4, batchSize: 1000, shuffle: false, ...QUIET });
  assertEquals(a.history, b.history);
  assertEquals(b.params.steps, 1);
  assertEquals(weight(one), weight(two));
});

Deno.test("a second fit goes on: two of three epochs are one of six, to the bit", async () => {
  const build = () => {
    const model = sequential([
      layers.dense({ units: 5, activation: "tanh", inputShape: [3] }),
      layers.dropout({ rate: 0.3 }),
      layers.dense({ units: 1 }),
    ], { seed: 9 });
    model.compile({ optimizer: "adam", loss: "mse" });
    return model;
  };
  const x = drawNumbers(20, 3, 1);
  const y = drawNumbers(20, 1, 2);
  const whole = build();
  const parts = build();
  const all = await whole.fit(x, y, { epochs: 6, batchSize: 8, ...QUIET });
  const first = await parts.fit(x, y, { epochs: 3, batchSize: 8, ...QUIET });
  const second = await parts.fit(x, y, { epochs: 3, batchSize: 8, ...QUIET });
  assertEquals([...first.history.loss, ...second.history.loss], all.history.loss);
  assertEquals(parts.getWeights(), whole.getWeights());
  assertEquals(parts.iteration, 18);
});

Deno.test("trainOnBatch takes one step and returns the loss before it; predictOnBatch and evaluate agree with predict", () => {
  const model = line(0, { rate: 0.25 });
  const logs = model.trainOnBatch([1], [2]);
  near(logs.loss, 4);
  near(logs.mae, 2);
  near(weight(model), 1);
  const weighted = model.trainOnBatch([1, 1], [2, 2], { sampleWeight: [1, 3] });
  near(weighted.loss, 2);
  near(weight(model), 1 + 0.25 * 2 * 1 * (1 + 3) / 2);
  const x = drawNumbers(70, 1, 4);
  assertEquals(model.predictOnBatch(x), model.predict(x));
  const p = model.predict(x).data;
  const y = drawNumbers(70, 1, 5);
  const mse = p.reduce((sum, v, i) => sum + (v - y[i][0]) ** 2, 0) / 70;
  for (const batchSize of [1, 7, 32, 1000]) near(model.evaluate(x, y, { batchSize }).loss, mse);
});

Deno.test("a compiled model's default optimizer is rmsprop, as in Keras", async () => {
  const build = (optimizer?: "rmsprop") => {
    const model = sequential([layers.dense({ units: 1, inputShape: [2] })], { seed: 4 });
    model.compile({ ...(optimizer ? { optimizer } : {}), loss: "mse" });
    return model;
  };
  const [a, b] = [build(), build("rmsprop")];
  for (const model of [a, b]) await model.fit([[1, 2]], [3], { epochs: 5, ...QUIET });
  assertEquals(a.getWeights(), b.getWeights());
});
