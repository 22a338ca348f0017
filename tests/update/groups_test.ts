import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  callbacks,
  gridSearch,
  input,
  layers,
  loadModel,
  model as graphModel,
  optimizers,
  schedules,
  sequential,
} from "../../mod.ts";
import type { CompileOptions, Sequential } from "../../mod.ts";
import { readSafetensors } from "../../src/files/read_safetensors.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import { hashWeights } from "../models/hash_weights.ts";

const X = drawNumbers(40, 5, 1);
const Y = drawNumbers(40, 2, 2);
const QUIET = { verbose: 0, batchSize: 8 } as const;

function layersOf(): layers.Layer[] {
  return [
    layers.dense({ units: 6, activation: "tanh", inputShape: [5], name: "first" }),
    layers.dense({ units: 4, activation: "tanh", name: "second" }),
    layers.dense({ units: 2, name: "head" }),
  ];
}

function build(optimizer: CompileOptions["optimizer"], more: Partial<CompileOptions> = {}): Sequential {
  const model = sequential(layersOf(), { seed: 3 });
  model.compile({ optimizer, loss: "mse", ...more });
  return model;
}

const weightsOf = (model: Sequential, layer: string) =>
  model.weights.filter(({ name }) => name.startsWith(layer)).flatMap(({ value }) => [...value.data]);

Deno.test("each group is trained by its own optimizer, as if that trained alone on the same gradients", async () => {
  const groups = [
    { layers: ["second"], optimizer: optimizers.muon({ learningRate: 0.02, useEma: true }) },
    { layers: ["head"], optimizer: "sgd" },
    { optimizer: optimizers.adam({ learningRate: 0.01, clipnorm: 0.1 }) },
  ] as const;
  const model = build(groups);
  // Of a first step the gradients do not depend on the optimizer.
  const alone = [
    optimizers.adam({ learningRate: 0.01, clipnorm: 0.1 }),
    optimizers.muon({ learningRate: 0.02 }),
    "sgd",
  ];
  model.trainOnBatch(X, Y);
  ["first", "second", "head"].forEach((layer, i) => {
    const other = build(alone[i] as optimizers.Optimizer);
    other.trainOnBatch(X, Y);
    assertEquals(weightsOf(model, layer), weightsOf(other, layer), layer);
  });
  await model.fit(X, Y, { ...QUIET, epochs: 2 });
  const names = [...readSafetensors(model.toBytes()).tensors.keys()].filter((name) => /^(slot|ema)/.test(name)).sort();
  assertEquals(names, [
    "ema/second/bias",
    "ema/second/kernel",
    "slot/momentum/first/bias",
    "slot/momentum/first/kernel",
    "slot/momentum/second/bias",
    "slot/momentum/second/kernel",
    "slot/velocity/first/bias",
    "slot/velocity/first/kernel",
    "slot/velocity/second/bias",
  ]);
  assertEquals(model.optimizer.id, "groups");
  assertEquals((model.optimizer.config.groups as { layers?: string[] }[]).map((group) => group.layers), [
    ["second"],
    ["head"],
    undefined,
  ]);
});

Deno.test("groups of one optimizer give the bits of that optimizer alone", async () => {
  for (const make of [optimizers.adam, optimizers.adafactor, optimizers.lamb, optimizers.adamScheduleFree]) {
    const options = { learningRate: 0.02, weightDecay: 0.01, clipvalue: 0.05, gradientAccumulationSteps: 2 };
    const one = build(make(options));
    const many = build([{ layers: ["first", "head"], optimizer: make(options) }, { optimizer: make(options) }]);
    for (const each of [one, many]) await each.fit(X, Y, { ...QUIET, epochs: 30 });
    assertEquals(hashWeights(many), hashWeights(one), make.name);
  }
});

Deno.test("global clipping is over a group", () => {
  const free = build("sgd");
  const { gradients } = free.gradients(X, Y);
  const norm = (layer: string) =>
    Math.sqrt(
      Object.entries(gradients).filter(([name]) => name.startsWith(layer))
        .reduce((sum, [, { data }]) => sum + data.reduce((a, b) => a + b * b, 0), 0),
    );
  const limit = norm("head") / 2;
  const model = build([
    { layers: ["head"], optimizer: optimizers.sgd({ learningRate: 1, globalClipnorm: limit }) },
    { optimizer: optimizers.sgd({ learningRate: 1 }) },
  ]);
  const before = Object.fromEntries(model.weights.map(({ name, value }) => [name, value.data.slice()]));
  model.trainOnBatch(X, Y);
  for (const { name, value } of model.weights) {
    const factor = name.startsWith("head") ? limit / norm("head") : 1;
    value.data.forEach((w, i) => assertAlmostEquals(before[name][i] - w, factor * gradients[name].data[i], 1e-6));
  }
});

Deno.test("the same bits for any number of threads, after a file, and in a search", async () => {
  const groups = () => [
    {
      layers: ["first"],
      optimizer: optimizers.adafactor({ learningRate: 0.05, useEma: true, emaOverwriteFrequency: 3 }),
    },
    { layers: ["second"], optimizer: optimizers.muon({ learningRate: 0.02, weightDecay: 0.1 }) },
    {
      optimizer: optimizers.adamScheduleFree({
        learningRate: schedules.exponentialDecay({ initialLearningRate: 0.05, decaySteps: 4, decayRate: 0.9 }),
        globalClipnorm: 0.1,
      }),
    },
  ];
  const train = async (workers: number, epochs: number): Promise<Sequential> => {
    const model = build(groups());
    await model.fit(X, Y, { ...QUIET, epochs, workers });
    return model;
  };
  const alone = await train(1, 4);
  for (const workers of [2, 3, 4, 7]) {
    assertEquals(hashWeights(await train(workers, 4)), hashWeights(alone), `${workers}`);
  }

  // A moving average takes the place of the weights where a fit ends: so both runs are of two fits.
  const half = await train(1, 2);
  const again = await loadModel(half.toBytes()) as Sequential;
  for (const each of [half, again]) await each.fit(X, Y, { ...QUIET, epochs: 4, initialEpoch: 2 });
  assertEquals(again.toBytes(), half.toBytes());
  assertEquals(again.optimizer.config, half.optimizer.config);

  for (const workers of [1, 2]) {
    const result = await gridSearch({
      space: { seed: [1] },
      build: () => build(groups()),
      x: X,
      y: Y,
      epochs: 4,
      batchSize: 8,
      verbose: 0,
      monitor: "loss",
      validation: null,
      workers,
    });
    const { history } = await build(groups()).fit(X, Y, { ...QUIET, epochs: 4 });
    for (const trial of result.trials) assertEquals(trial.history.loss, history.loss);
  }
});

Deno.test("the learning rate is the first group's, and the others keep their ratio to it", async () => {
  const make = () =>
    build([
      { layers: ["first"], optimizer: optimizers.sgd({ learningRate: 0.5 }) },
      { layers: ["second"], optimizer: optimizers.sgd({ learningRate: 0.25 }) },
      {
        optimizer: optimizers.sgd({
          learningRate: schedules.piecewiseConstantDecay({ boundaries: [0], values: [1, 0.125] }),
        }),
      },
    ]);
  const { gradients } = make().gradients(X, Y);
  const stepsOf = (model: Sequential): Record<string, number> => {
    const before = model.weights.map(({ value }) => value.data.slice());
    const { gradients } = model.gradients(X, Y);
    model.trainOnBatch(X, Y);
    return Object.fromEntries(model.weights.flatMap(({ name, value }, i) => {
      const at = gradients[name].data.findIndex((g) => Math.abs(g) > 1e-2);
      return at < 0 ? [] : [[name, (before[i][at] - value.data[at]) / gradients[name].data[at]]];
    }));
  };
  const check = (found: Record<string, number>, rates: Record<string, number>): void => {
    assert(Object.keys(found).length > 3);
    for (const [name, rate] of Object.entries(found)) assertAlmostEquals(rate, rates[name.split("/")[0]], 1e-4, name);
  };
  assert(Object.keys(gradients).length === 6);
  const model = make();
  check(stepsOf(model), { first: 0.5, second: 0.25, head: 1 });
  assertEquals(model.learningRate, 0.5);
  model.learningRate = 0.125;
  check(stepsOf(model), { first: 0.125, second: 0.0625, head: 0.03125 });
  const again = await loadModel(model.toBytes()) as Sequential;
  assertEquals(again.learningRate, 0.125);
  check(stepsOf(again), { first: 0.125, second: 0.0625, head: 0.03125 });
  model.learningRate = schedules.exponentialDecay({ initialLearningRate: 0.5, decaySteps: 2, decayRate: 0.25 });
  check(stepsOf(model), { first: 0.125, second: 0.0625, head: 0.03125 }); // 0.5 · 0.25 ^ (2 / 2)

  // Callbacks that multiply or set the rate do it for all groups.
  const reduced = make();
  const reduce = callbacks.reduceLROnPlateau({ monitor: "loss", factor: 0.5, patience: 1, minDelta: 100 });
  const { history } = await reduced.fit(X, Y, { ...QUIET, epochs: 3, callbacks: reduce });
  assertEquals(history.learning_rate, [0.5, 0.5, 0.25]);
  check(stepsOf(reduced), { first: 0.125, second: 0.0625, head: 0.03125 });
});

Deno.test("a first group with a schedule, or a rate of 0, leaves the rate as it is", () => {
  const schedule = schedules.exponentialDecay({ initialLearningRate: 0.1, decaySteps: 5, decayRate: 0.5 });
  const scheduled = build([{ layers: ["first"], optimizer: optimizers.adam({ learningRate: schedule }) }, {
    optimizer: "sgd",
  }]);
  const rule = "Cannot set the learning rate: that of the first group must be a number > 0";
  assertThrows(() => scheduled.learningRate = 0.1, TypeError, `${rule}, to which the others keep their ratio, got the`);
  scheduled.learningRate = schedule;
  const frozen = build([{ layers: ["first"], optimizer: optimizers.adam({ learningRate: 0 }) }, { optimizer: "sgd" }]);
  assertThrows(() => frozen.learningRate = 0.1, RangeError, rule);
  frozen.trainOnBatch(X, Y);
  assertThrows(() => build("sgd").learningRate = -1, RangeError, "learningRate must be a number >= 0");
});

Deno.test("layers may be given as they are, inside others, and models too", () => {
  const inner = sequential([
    layers.dense({ units: 4, inputShape: [5], name: "a" }),
    layers.dense({ units: 3, name: "b" }),
  ], {
    name: "inner",
  });
  const head = layers.dense({ units: 2, name: "head" });
  const x = input({ shape: [5] });
  const model = graphModel({ inputs: x, outputs: head.apply(inner.apply(x)) });
  const pathsOf = (optimizer: CompileOptions["optimizer"]) => {
    model.compile({ optimizer, loss: "mse" });
    model.trainOnBatch(X, Y);
    return (model.optimizer.config.groups as { layers?: string[] }[]).map(({ layers }) => layers);
  };
  assertEquals(pathsOf([{ layers: [head], optimizer: "sgd" }, { optimizer: "adam" }]), [["head"], undefined]);
  assertEquals(pathsOf([{ layers: [inner.layers[1]], optimizer: "sgd" }, { optimizer: "adam" }]), [
    ["inner/b"],
    undefined,
  ]);
  assertEquals(pathsOf([{ layers: [inner as never], optimizer: "sgd" }, { layers: ["head"], optimizer: "adam" }]), [
    ["inner"],
    ["head"],
  ]);
  const refuse = (optimizer: CompileOptions["optimizer"], message: string) =>
    assertThrows(() => model.compile({ optimizer, loss: "mse" }), TypeError, message);
  refuse(
    [{ layers: ["inner"], optimizer: "sgd" }, { layers: ["inner/a"], optimizer: "sgd" }, { optimizer: "adam" }],
    'a layer must be in one group of optimizers, but layer "inner/a", which has to do with "inner", is in group 1 and in group 0',
  );
  refuse(
    [{ layers: ["inner/a", "head"], optimizer: "sgd" }],
    'every layer must be in a group of optimizers, but "inner/b" is in none; a group without layers takes the rest',
  );
});

Deno.test("groups that cannot be are refused when the model is compiled", () => {
  const refuse = (groups: unknown, type: typeof TypeError | typeof RangeError, message: string) =>
    assertThrows(() => build(groups as CompileOptions["optimizer"]), type, `Cannot compile model${message}`);
  const rest = { optimizer: "adam" };
  refuse([], TypeError, ": optimizer must have at least one group, got []");
  refuse([rest, rest], TypeError, ": at most one group of optimizers may be without layers, got 2");
  refuse(
    [{ layers: ["firts"], optimizer: "sgd" }, rest],
    RangeError,
    ': a group of optimizers names layer "firts", which is none of this model\'s; did you mean "first"?',
  );
  refuse(
    [{ layers: [layers.dense({ units: 2, name: "head" })], optimizer: "sgd" }, rest],
    RangeError,
    ': a group of optimizers names layer "head", which is none of this model\'s. Layers are: first, second, head',
  );
  refuse(
    [{ layers: ["first"], optimizer: "sgd" }, { layers: ["first"], optimizer: "adam" }, rest],
    TypeError,
    ': a layer must be in one group of optimizers, but layer "first" is in group 1 and in group 0',
  );
  refuse(
    [{ layers: ["first", "first"], optimizer: "sgd" }, rest],
    TypeError,
    ': a layer must be in one group of optimizers, but layer "first" is in group 0 and there again',
  );
  refuse(
    [{ layers: ["first"], optimizer: "sgd" }],
    TypeError,
    ': every layer must be in a group of optimizers, but "second" is in none',
  );
  refuse(
    [{ layers: "first", optimizer: "sgd" }, rest],
    TypeError,
    ': the layers of a group must be an array of at least one layer or name, got "first"; write ["first"]',
  );
  refuse(
    [{ layers: [], optimizer: "sgd" }, rest],
    TypeError,
    ": the layers of a group must be an array of at least one layer or name, got []",
  );
  refuse(
    [{ layers: [3], optimizer: "sgd" }, rest],
    TypeError,
    ": the layers of a group must be layers or names, got 3",
  );
  refuse([{ layers: ["first"] }, rest], TypeError, ": a group of optimizers must have an optimizer");
  refuse(["sgd", rest], TypeError, ": a group of optimizers must be an object { layers, optimizer }");
  refuse(
    [{ layer: ["first"], optimizer: "sgd" }],
    TypeError,
    ' with groups of optimizers: unknown option "layer"; did you mean "layers"?',
  );
  const accumulating = optimizers.sgd({ gradientAccumulationSteps: 2 });
  refuse(
    [{ layers: ["first"], optimizer: accumulating }, rest],
    TypeError,
    ": gradientAccumulationSteps must be the same in all groups of optimizers, got 2, null",
  );
  assertThrows(
    () => build([{ layers: ["first"], optimizer: "adm" }, { optimizer: "adam" }] as never),
    RangeError,
    'Unknown optimizer "adm"; did you mean "adam"?',
  );
  // A layer that is built later is looked at when it is trained.
  const late = sequential([
    layers.dense({ units: 3, name: "early", inputShape: [5] }),
    layers.dense({ units: 2, name: "late" }),
  ]);
  const open = sequential([layers.dense({ units: 3, name: "early" }), layers.dense({ units: 2, name: "late" })]);
  const groups = [{ layers: ["early"], optimizer: "sgd" }];
  assertThrows(() => late.compile({ optimizer: groups, loss: "mse" }), TypeError, '"late" is in none');
  open.compile({ optimizer: groups, loss: "mse" });
  open.build([5]);
  assertThrows(() => open.trainOnBatch(X, Y), Error, 'Cannot train layer "late": every layer must be in a group');
});
