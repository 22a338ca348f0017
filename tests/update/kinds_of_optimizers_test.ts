import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import {
  checkGradients,
  gridSearch,
  input as inputOf,
  layers,
  loadModel,
  model as graphModel,
  optimizers,
  sequential,
  Tensor,
} from "../../mod.ts";
import type { Sequential, TracedOptimizer } from "../../mod.ts";
import { readSafetensors } from "../../src/files/read_safetensors.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import { hashWeights } from "../models/hash_weights.ts";

const X = drawNumbers(40, 5, 1);
const Y = drawNumbers(40, 2, 2);
const QUIET = { verbose: 0, batchSize: 8 } as const;

function build(optimizer: optimizers.Optimizer, more: object = {}): Sequential {
  const model = sequential([
    layers.dense({ units: 6, activation: "tanh", inputShape: [5], name: "hidden", ...more }),
    layers.dense({ units: 2, name: "head" }),
  ], { seed: 3 });
  model.compile({ optimizer, loss: "mse" });
  return model;
}

Deno.test("slots of other shapes than the variable stand in the file as they are", async () => {
  const model = build(optimizers.adafactor());
  await model.fit(X, Y, QUIET);
  const { tensors } = readSafetensors(model.toBytes());
  const shapes = [...tensors].filter(([name]) => name.startsWith("slot/")).map(([name, { shape }]) => [name, shape]);
  assertEquals(Object.fromEntries(shapes), {
    "slot/r/hidden/kernel": [5],
    "slot/c/hidden/kernel": [6],
    "slot/velocity/hidden/bias": [6],
    "slot/r/head/kernel": [6],
    "slot/c/head/kernel": [2],
    "slot/velocity/head/bias": [2],
  });
  const muon = build(optimizers.muon({ excludeLayers: ["head"] }));
  await muon.fit(X, Y, QUIET);
  const names = [...readSafetensors(muon.toBytes()).tensors.keys()].filter((name) => name.startsWith("slot/velocity"));
  assertEquals(names, ["slot/velocity/hidden/bias", "slot/velocity/head/kernel", "slot/velocity/head/bias"]);
});

Deno.test("frozen variables have no slots of any shape, and what the optimizer keeps stays in its place when a store grows", async () => {
  for (const optimizer of [optimizers.adafactor, optimizers.lamb, optimizers.muon, optimizers.adamScheduleFree]) {
    const train = async (grow: boolean): Promise<string> => {
      const input = inputOf({ shape: [5] });
      const hidden = layers.dense({ units: 6, activation: "tanh", name: "hidden" });
      const frozen = layers.dense({ units: 4, trainable: false, name: "frozen" });
      const head = layers.dense({ units: 2, name: "head" });
      const features = frozen.apply(hidden.apply(input));
      const model = graphModel({ inputs: input, outputs: head.apply(features) }, { seed: 5 });
      model.compile({ optimizer: optimizer({ learningRate: 0.01 }), loss: "mse" });
      await model.fit(X, Y, { ...QUIET, epochs: 2 });
      if (grow) {
        const other = graphModel({ inputs: input, outputs: layers.dense({ units: 300 }).apply(features) });
        other.compile({ optimizer: "adam", loss: "mse" });
      }
      await model.fit(X, Y, { ...QUIET, epochs: 4, initialEpoch: 2 });
      const { tensors } = readSafetensors(model.toBytes());
      assert(![...tensors.keys()].some((name) => name.startsWith("slot/") && name.includes("frozen")));
      return hashWeights(model);
    };
    assertEquals(await train(true), await train(false), optimizer.name);
  }
});

Deno.test("trials of a search train with every kind of optimizer as fit does, to the bit", async () => {
  const make = {
    adafactor: () => optimizers.adafactor({ learningRate: 0.05, useEma: true }),
    muon: () => optimizers.muon({ learningRate: 0.02, gradientAccumulationSteps: 2 }),
    free: () => optimizers.adamScheduleFree({ learningRate: 0.02, warmupSteps: 3 }),
  };
  type Name = keyof typeof make;
  for (const workers of [1, 2]) {
    const result = await gridSearch({
      space: { name: Object.keys(make) as Name[] },
      build: ({ name }: { name: Name }) => build(make[name]()),
      x: X,
      y: Y,
      epochs: 3,
      batchSize: 8,
      verbose: 0,
      monitor: "loss",
      validation: null,
      workers,
    });
    for (const { params, history } of result.trials) {
      const fit = await build(make[params.name as Name]()).fit(X, Y, { ...QUIET, epochs: 3 });
      assertEquals(history, fit.history as Record<string, number[]>, `${params.name}, ${workers} threads`);
    }
  }
});

Deno.test("adamScheduleFree: the weights are the average, and gradients are taken beside it", async () => {
  const model = build(optimizers.adamScheduleFree({ learningRate: 0.05 }));
  const gradientsOf = () => model.gradients(X, Y).gradients["hidden/kernel"].data;
  const before = [...gradientsOf()];
  await model.fit(X, Y, { ...QUIET, epochs: 3 });
  // What is checked is the gradient where it is taken, in float64.
  assert(checkGradients(model, X, Y, { verbose: false }).worst.relativeError < 1e-3);

  const { tensors } = readSafetensors(model.toBytes());
  const [x, y, z] = ["hidden/kernel", "slot/point/hidden/kernel", "slot/momentum/hidden/kernel"]
    .map((name) => tensors.get(name)!.data as Float32Array);
  assertEquals([...model.weights[0].value.data], [...x]);
  assertNotEquals([...x], [...y]);
  y.forEach((value, i) => assert(Math.abs(value - (0.1 * z[i] + 0.9 * x[i])) < 1e-6));

  // A model with the same weights and another optimizer predicts and evaluates alike: nothing has to be switched.
  const plain = build(optimizers.sgd());
  plain.setWeights(model.getWeights());
  assertEquals(model.predict(X).toArray(), plain.predict(X).toArray());
  assertEquals(model.evaluate(X, Y), plain.evaluate(X, Y));
  assertNotEquals([...gradientsOf()], [...plain.gradients(X, Y).gradients["hidden/kernel"].data]);

  // An evaluation in between changes no bit of the training.
  const evaluated = await loadModel(model.toBytes());
  for (const each of [model, evaluated]) {
    if (each === evaluated) each.evaluate(X, Y);
    const validation = each === evaluated ? { validationData: [X, Y] as const } : {};
    await each.fit(X, Y, { ...QUIET, epochs: 5, initialEpoch: 3, ...validation });
  }
  assertEquals(hashWeights(evaluated as Sequential), hashWeights(model));

  // Before the first step training begins at whatever the weights are.
  const late = build(optimizers.adamScheduleFree({ learningRate: 0.05 }));
  late.evaluate(X, Y);
  late.setWeights({ "hidden/kernel": drawNumbers(5, 6, 9) });
  assertNotEquals([...late.gradients(X, Y).gradients["hidden/kernel"].data], before);
  assert(checkGradients(late, X, Y, { verbose: false }).worst.relativeError < 1e-3);

  // Also where the gradients are one's own, whether the trainer was there before the weights were set or not.
  const steps = [false, true].map((isEarly) => {
    const own = build(optimizers.adamScheduleFree({ learningRate: 0.05 }));
    if (isEarly) own.learningRate = 0.05;
    own.setWeights({ "hidden/kernel": drawNumbers(5, 6, 9) });
    const ones = own.weights.map((
      { name, value },
    ) => [name, new Tensor(new Float32Array(value.size).fill(1), value.shape)]);
    own.applyGradients(Object.fromEntries(ones));
    return hashWeights(own);
  });
  assertEquals(steps[1], steps[0]);
});

Deno.test("ftrl refuses a learning rate of 0 when a step is to be taken, and its L1 penalty makes zeros", async () => {
  const model = build(optimizers.ftrl({ learningRate: 0.1, l1RegularizationStrength: 0.4 }));
  await model.fit(X, Y, { ...QUIET, epochs: 5 });
  const values = model.getWeights().flatMap(({ data }) => [...data]);
  assert(values.some((value) => value === 0) && values.some((value) => value !== 0));
  model.learningRate = 0;
  assertThrows(() => model.trainOnBatch(X, Y), RangeError, 'optimizer "ftrl": its numbers must be finite in float32');
});

/** Steps in the direction of the gradient's sign, from ops. */
function signed(change: Partial<TracedOptimizer> = {}): TracedOptimizer {
  return {
    id: "signed",
    config: {},
    learningRate: 0.01,
    common: optimizers.sgd().common,
    cellCount: 1,
    cells: (_, rate) => [rate],
    slotsOf: () => [{ name: "steps", shape: [], initial: 0 }],
    step(g, { w, dw, slots, cells }) {
      const map = (formula: string, inputs: typeof w[], scalars = {}) =>
        g.apply("map", inputs, { formula, scalars, axis: "parameter" });
      const size = map("affine", [map("abs", [dw])], { scale: 1, offset: 1e-12 });
      const steps = map("affine", [slots.steps], { scale: 1, offset: 1 });
      return { w: map("descend", [w, map("div", [dw, size]), cells]), slots: { steps } };
    },
    ...change,
  };
}

Deno.test("an optimizer of one's own may be traced from ops, and is saved and searched with", async () => {
  const model = build(signed());
  const { history } = await model.fit(X, Y, { ...QUIET, epochs: 4 });
  assert(history.loss[3] < history.loss[0]);
  const before = model.getWeights().map(({ data }) => [...data]);
  model.trainOnBatch(X, Y);
  model.getWeights().forEach(({ data }, i) =>
    data.forEach((value, j) => assert(Math.abs(Math.abs(value - before[i][j]) - 0.01) < 1e-6))
  );
  const steps = readSafetensors(model.toBytes()).tensors.get("slot/steps/head/bias")!;
  assertEquals([[...steps.data as Float32Array], steps.shape], [[21], []]);
  const again = await loadModel(model.toBytes(), { custom: { optimizers: { signed: () => signed() } } });
  for (const each of [model, again]) await each.fit(X, Y, QUIET);
  assertEquals(hashWeights(again as Sequential), hashWeights(model));
  const result = await gridSearch({
    space: { seed: [1] },
    build: () => build(signed()),
    x: X,
    y: Y,
    epochs: 4,
    batchSize: 8,
    verbose: 0,
    monitor: "loss",
    validation: null,
    workers: 2,
  });
  assertEquals(result.trials[0].history.loss, history.loss);
});

Deno.test("a step that leaves something out, or changes a shape, is refused by name", () => {
  const refuse = (change: Partial<TracedOptimizer>, message: string) =>
    assertThrows(() => build(signed(change)).trainOnBatch(X, Y), TypeError, message);
  const task = 'Cannot trace the step of optimizer "signed": ';
  refuse(
    { step: (_, { w }) => ({ w, slots: {} }) },
    `${task}slot steps of "hidden/kernel" must be a tensor of shape [], got undefined`,
  );
  refuse(
    { step: (g, { w, slots }) => ({ w: g.apply("sum_rows", [w]), slots }) },
    `${task}w of "hidden/kernel" must be a tensor of shape [5, 6], got shape [5]`,
  );
  refuse({ step: () => null as never }, `${task}w of "hidden/kernel" must be a tensor of shape [5, 6], got undefined`);
});
