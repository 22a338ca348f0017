import { assert, assertAlmostEquals, assertEquals, assertNotEquals, assertRejects, assertThrows } from "@std/assert";
import {
  compileModel,
  describeCompiled,
  gridSearch,
  layers,
  loadModel,
  optimizers,
  sequential,
  tensor,
} from "../../mod.ts";
import { load } from "../../src/edge/edge.ts";
import golden from "../golden/batch_normalization.json" with { type: "json" };
import { hashWeights } from "../models/hash_weights.ts";

interface Numbers {
  shape: number[];
  data: number[];
}

/** float32 sums of some hundred values, differences taken of a mean of up to 20 deviations' size: a few hundred u of the largest number. */
const TOLERANCE = 4e-5;

function near(found: ArrayLike<number>, { data }: Numbers, what: string): void {
  const scale = data.reduce((most, v) => Math.max(most, Math.abs(v)), 1);
  assertEquals(found.length, data.length, what);
  data.forEach((v, i) => assertAlmostEquals(found[i], v, TOLERANCE * scale, `${what} [${i}]`));
}

const read = ({ data, shape }: Numbers) => tensor(Float32Array.from(data), shape);

for (const numerics of ["fast", "portable"] as const) {
  Deno.test(`three steps and a prediction agree with PyTorch, ${numerics}`, () => {
    for (const { options, rate, steps, predict } of golden) {
      const model = sequential([
        layers.batchNormalization({ ...options, name: "bn", inputShape: steps[0].x.shape.slice(1) }),
      ], {
        numerics,
      });
      model.compile({ optimizer: optimizers.sgd({ learningRate: rate }), loss: "mse" });
      const value = (name: string) => model.weights.find((weight) => weight.name === `bn/${name}`)?.value.data;
      const what = JSON.stringify(options);
      for (const step of steps) {
        const { loss } = model.trainOnBatch(read(step.x), read(step.y));
        assertAlmostEquals(loss, step.loss, TOLERANCE * Math.max(1, step.loss), what);
        if (options.scale) near(value("gamma")!, step.gamma, `gamma of ${what}`);
        if (options.center) near(value("beta")!, step.beta, `beta of ${what}`);
        near(value("moving_mean")!, step.mean, `mean of ${what}`);
        near(value("moving_variance")!, step.variance, `variance of ${what}`);
      }
      near(model.predict(read(predict.x)).data, predict.y, `prediction of ${what}`);
    }
  });
}

const x = tensor(Float32Array.from({ length: 48 * 5 }, (_, i) => 3 + Math.sin(i * i)), [48, 5]);
const y = tensor(Float32Array.from({ length: 48 }, (_, i) => Math.cos(i)), [48, 1]);

function build(more: object = {}) {
  const model = sequential([
    layers.dense({ units: 6, activation: "tanh", inputShape: [5] }),
    layers.batchNormalization({ momentum: 0.8, name: "bn" }),
    layers.dense({ units: 1 }),
  ], { seed: 2 });
  model.compile({ optimizer: optimizers.adam({ learningRate: 0.05, ...more }), loss: "mse" });
  return model;
}

Deno.test("gradients through the statistics agree with central differences", () => {
  const model = build();
  const { gradients } = model.gradients(x, y);
  for (const { name, value } of model.weights.filter(({ trainable }) => trainable)) {
    // A dense bias before the layer has no influence: its gradient is 0 up to rounding.
    for (const i of [0, value.data.length - 1]) {
      const at = (step: number): number => {
        const moved = value.data.slice();
        moved[i] += step;
        model.setWeights({ [name]: tensor(moved, value.shape) });
        const { loss } = model.gradients(x, y);
        model.setWeights({ [name]: value });
        return loss;
      };
      const h = 1e-2;
      assertAlmostEquals(gradients[name].data[i], (at(h) - at(-h)) / (2 * h), 2e-3, `${name}[${i}]`);
    }
  }
});

Deno.test("statistics are over the whole batch, for any number of threads, and go on to the bit in a file", async () => {
  const fit = { batchSize: 16, epochs: 2, verbose: 0 } as const;
  const expected = build();
  await expected.fit(x, y, { ...fit, workers: 1 });
  for (const workers of [2, 3, 4, 7]) {
    const model = build();
    await model.fit(x, y, { ...fit, workers });
    assertEquals(hashWeights(model), hashWeights(expected), `${workers} threads`);
  }
  const loaded = await loadModel(expected.toBytes());
  for (const model of [expected, loaded]) await model.fit(x, y, { ...fit, workers: 1 });
  assertEquals(hashWeights(loaded), hashWeights(expected));
  assertEquals(loaded.predict(x).data, expected.predict(x).data);
});

Deno.test("samples of few rows, of some and of many give the same bits on any number of threads", async () => {
  for (const rows of [3, 9, 70]) {
    const samples = tensor(Float32Array.from({ length: 11 * rows * 5 }, (_, i) => 3 + Math.sin(i * i)), [11, rows, 5]);
    const targets = tensor(Float32Array.from({ length: 11 }, (_, i) => Math.cos(i)), [11, 1]);
    const hashes: string[] = [];
    for (const workers of [1, 2, 3, 4, 7]) {
      const model = sequential([
        layers.dense({ units: 6, inputShape: [rows, 5] }),
        layers.batchNormalization(),
        layers.reLU(),
        layers.batchNormalization({ scale: false }),
        layers.flatten(),
        layers.dense({ units: 1 }),
      ], { seed: 4 });
      model.compile({ optimizer: "adam", loss: "mse" });
      await model.fit(samples, targets, { batchSize: 6, epochs: 2, verbose: 0, workers });
      hashes.push(hashWeights(model));
    }
    assertEquals(hashes, hashes.map(() => hashes[0]), `${rows} rows`);
  }
});

Deno.test("a step that is refused leaves the moving statistics alone; accumulated batches each move them", async () => {
  const model = build();
  const moving = () => model.weights.filter(({ name }) => name.includes("moving")).map(({ value }) => [...value.data]);
  const before = moving();
  model.gradients(x, y);
  model.evaluate(x, y);
  model.predict(x);
  assertEquals(moving(), before, "only a step moves them");
  const huge = tensor(new Float32Array(48).fill(3e38), [48, 1]);
  await assertRejects(() => model.fit(x, huge, { verbose: 0, batchSize: 48 }), Error, "not finite");
  assertEquals(moving(), before, "a refused step does not");
  model.trainOnBatch(x, y);
  assertNotEquals(moving(), before);
  const slow = build({ gradientAccumulationSteps: 4 });
  const kernel = [...slow.getWeights()[0].data];
  const start = [...slow.weights.find(({ name }) => name === "bn/moving_mean")!.value.data];
  slow.trainOnBatch(x, y);
  assertEquals([...slow.getWeights()[0].data], kernel, "gradients are added up");
  assertNotEquals([...slow.weights.find(({ name }) => name === "bn/moving_mean")!.value.data], start);
});

Deno.test("frozen: moving statistics in training too, and they stay, as in Keras", async () => {
  const model = build();
  model.trainOnBatch(x, y);
  const layer = model.getLayer("bn");
  layer.trainable = false;
  model.compile({ optimizer: "sgd", loss: "mse" });
  const weights = () => model.weights.filter(({ name }) => name.startsWith("bn/")).map(({ value }) => [...value.data]);
  const before = weights();
  const { loss } = model.evaluate(x, y);
  assertAlmostEquals(model.gradients(x, y).loss, loss, 1e-6, "the loss of a step is that of an evaluation");
  await model.fit(x, y, { epochs: 2, verbose: 0 });
  assertEquals(weights(), before);
});

Deno.test("compiled for the edge it is folded into the product before it; in a search it trains as in fit", async () => {
  const model = build();
  await model.fit(x, y, { epochs: 3, verbose: 0 });
  const edge = load(compileModel(model));
  const expected = model.predict(x).data;
  near([edge.predict(x.toArray<number[][]>())].flat(4) as number[], { shape: [], data: [...expected] }, "edge");
  const operationsOf = (...stack: layers.Layer[]) => describeCompiled(compileModel(sequential(stack))).operations;
  const dense = () => layers.dense({ units: 3, inputShape: [4] });
  assertEquals(operationsOf(dense(), layers.batchNormalization(), layers.reLU()), ["matmul_relu"]);
  assertEquals(operationsOf(layers.batchNormalization({ inputShape: [4] }), dense()), ["matmul"]);
  assertEquals(operationsOf(layers.batchNormalization({ inputShape: [4] })), ["normalize_columns_offset"]);
  const bare = layers.batchNormalization({ center: false, inputShape: [4] });
  assertEquals(operationsOf(bare), ["normalize_columns"]);
  const options = { epochs: 3, batchSize: 16 };
  const result = await gridSearch({
    space: { rate: [0.05] },
    build: () => build(),
    x,
    y,
    ...options,
    validation: { x, y },
    monitor: "val_loss",
    workers: 2,
    verbose: 0,
  });
  const alone = build();
  const { history } = await alone.fit(x, y, { ...options, validationData: { x, y }, verbose: 0, workers: 1 });
  assertEquals(result.best.score, history.val_loss.at(-1));
  assertEquals(hashWeights(result.best.model), hashWeights(alone));
});

Deno.test("options that do not fit are refused", () => {
  // deno-lint-ignore no-explicit-any
  type Any = any;
  assertThrows(() => layers.batchNormalization({ axis: 1 } as Any), RangeError, "axis must be -1");
  assertThrows(() => layers.batchNormalization({ momentum: 1.5 }), RangeError, "momentum");
  assertThrows(
    () => layers.batchNormalization({ synchronized: true } as Any),
    TypeError,
    'unknown option "synchronized"',
  );
  assert(layers.batchNormalization().config.epsilon === 1e-3);
});
