import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  choice,
  layers,
  loadModel,
  NonFiniteError,
  optimizers,
  samplers,
  schedules,
  search,
  type Sequential,
  sequential,
} from "../../mod.ts";
import { hashWeights } from "../models/hash_weights.ts";

const X = [[0, 0], [0, 1], [1, 0], [1, 1]];
const Y = [[0], [1], [1], [0]];

/** Every optimizer without gradients, with options that differ from the defaults where these take long. */
const all: Readonly<Record<string, () => optimizers.PopulationOptimizer>> = {
  randomSearch: () => optimizers.randomSearch({ populationSize: 8 }),
  simulatedAnnealing: () => optimizers.simulatedAnnealing({ populationSize: 3, reheatAfter: 3 }),
  geneticAlgorithm: () => optimizers.geneticAlgorithm({ populationSize: 10, selection: "rank", crossover: "blend" }),
  differentialEvolution: () => optimizers.differentialEvolution({ populationSize: 6 }),
  jade: () => optimizers.differentialEvolution({ populationSize: 6, strategy: "jade" }),
  particleSwarm: () => optimizers.particleSwarm({ populationSize: 6 }),
  evolutionStrategy: () => optimizers.evolutionStrategy({ populationSize: 6, optimizer: "adam" }),
  cmaEs: () => optimizers.cmaEs({ restarts: 1 }),
  separableCmaEs: () => optimizers.separableCmaEs({ populationSize: 6, recommend: "mean" }),
};

function create(optimizer: optimizers.PopulationOptimizer | string, seed = 3): Sequential {
  const model = sequential([
    layers.dense({ units: 3, activation: "tanh", inputShape: [2], biasConstraint: "non_neg" }),
    layers.dropout({ rate: 0.1 }),
    layers.dense({ units: 1, activation: "sigmoid", kernelRegularizer: "l2" }),
  ], { seed });
  model.compile({ optimizer: optimizer as never, loss: "binary_crossentropy" });
  return model;
}

for (const [name, optimizer] of Object.entries(all)) {
  Deno.test(`${name}: resumed from a file in the middle, to the bit, population and all`, async () => {
    const options = { batchSize: 3, verbose: 0, workers: 1 } as const;
    const whole = create(optimizer());
    await whole.fit(X, Y, { ...options, epochs: 9 });
    const half = create(optimizer());
    await half.fit(X, Y, { ...options, epochs: 4 });
    const rest = await loadModel(half.toBytes());
    await rest.fit(X, Y, { ...options, epochs: 5 });
    assertEquals(hashWeights(rest), hashWeights(whole));
    assertEquals(rest.toBytes(), whole.toBytes());
    assert(hashWeights(half) !== hashWeights(create(optimizer())), "training must change the weights");
  });

  Deno.test(`${name}: saved form and back`, async () => {
    const made = create(optimizer());
    const again = await loadModel(made.toBytes());
    assertEquals(again.optimizer.id, made.optimizer.id);
    assertEquals(again.optimizer.config, made.optimizer.config);
  });
}

Deno.test("the history tells of generations, and the loss of a model that gets the best so far never rises", async () => {
  const model = sequential([layers.dense({ units: 1, inputShape: [2] })], { seed: 1 });
  model.compile({ optimizer: optimizers.cmaEs({ populationSize: 6 }), loss: "mse", metrics: ["mae"] });
  const { history } = await model.fit(X, Y, { epochs: 12, batchSize: 4, verbose: 0, shuffle: false });
  const { loss, population_best: best, population_mean: mean, population_std: spread } = history;
  assertEquals(Object.keys(history), [
    "loss",
    "mae",
    "population_best",
    "population_mean",
    "population_std",
    "population_failed",
  ]);
  for (let i = 0; i < 12; i++) {
    assert(i === 0 || loss[i] <= loss[i - 1]);
    assert(loss[i] <= (best as number[])[i] && (best as number[])[i] < (mean as number[])[i]);
    assert((spread as number[])[i] > 0);
  }
  assertEquals(loss[11], model.evaluate(X, Y).loss);
});

Deno.test("members without a finite score are the worst, and counted; a generation of none is named, and the model stays", async () => {
  const model = sequential([layers.dense({ units: 1, inputShape: [1] })]);
  // exp overflows in about half of the members.
  const loss = { id: "steep", call: ({ ops }: never, _: never, y: never) => ops_exp(ops, y) };
  model.compile({ optimizer: optimizers.randomSearch({ populationSize: 20, sigma: 1e3 }), loss: loss as never });
  const { history } = await model.fit([[1]], [[0]], { epochs: 3, batchSize: 1, verbose: 0 });
  assert((history.population_failed as number[]).every((failed) => failed > 0 && failed < 20));
  assert(history.loss.every(Number.isFinite));

  const none = sequential([layers.dense({ units: 1, inputShape: [1], biasInitializer: "ones" })]);
  none.compile({
    optimizer: optimizers.differentialEvolution({ populationSize: 5, initialSigma: 1e-3 }),
    loss: { id: "none", call: ({ ops }: never, _: never, y: never) => ops_log(ops, y) } as never,
  });
  const before = hashWeights(none);
  const error = await assertRejects(
    () => none.fit([[0]], [[0]], { epochs: 1, verbose: 0 }),
    NonFiniteError,
    "the objective of all 5 members of generation 1 is not finite",
  );
  assertEquals(error.epoch, 0);
  assertEquals(hashWeights(none), before);
});

Deno.test("members whose weights overflow are among the worst, although a saturated sigmoid gives them a loss", async () => {
  const model = create(optimizers.particleSwarm({ populationSize: 6, inertia: 1, cognitive: 100, social: 100 }));
  const { history } = await model.fit(X, Y, { epochs: 120, batchSize: 4, verbose: 0 });
  assert((history.population_failed as number[]).some((failed) => failed > 0));
  assert(model.getWeights().every(({ data }) => data.every(Number.isFinite)));
});

interface Ops {
  // deno-lint-ignore no-explicit-any
  [op: string]: (...args: any[]) => any;
}

function ops_exp(ops: Ops, y: unknown): unknown {
  return ops.mean(ops.exp(y), { axis: [1] });
}

/** The logarithm of a number below 0. */
function ops_log(ops: Ops, y: unknown): unknown {
  return ops.mean(ops.log(ops.multiply(y, -1)), { axis: [1] });
}

Deno.test("frozen layers stay, and weights that are set from outside begin a search anew", async () => {
  const model = create(optimizers.cmaEs());
  model.layers[0].trainable = false;
  model.compile({ optimizer: optimizers.cmaEs(), loss: "binary_crossentropy" });
  const kernel = model.getWeights()[0].toArray();
  await model.fit(X, Y, { epochs: 3, verbose: 0 });
  assertEquals(model.getWeights()[0].toArray(), kernel);
  model.setWeights({ "dense_1/bias": [5] });
  const { history } = await model.fit(X, Y, { epochs: 1, verbose: 0 });
  assert(Math.abs(model.getWeights()[3].data[0] - 5) < 3, "members lie about the weights that were set");
  assert(Number.isFinite(history.loss[0]));
});

Deno.test("a batch norm's moving statistics are those of the model's pass", async () => {
  const model = sequential([layers.batchNormalization({ inputShape: [2] }), layers.dense({ units: 1 })]);
  model.compile({ optimizer: optimizers.geneticAlgorithm({ populationSize: 6 }), loss: "mse" });
  const x = [[1, 2], [3, 2], [5, 8], [7, 0]];
  await model.fit(x, Y, { epochs: 1, batchSize: 4, verbose: 0, workers: 2 });
  const mean = model.weights.find(({ name }) => name.endsWith("moving_mean"))!.value.toArray() as number[];
  [4, 3].forEach((value, i) => assert(Math.abs(mean[i] - 0.01 * value) < 1e-6));
});

Deno.test("rates may be schedules, callbacks see what there is, and a learning rate that is none is refused", async () => {
  const sigma = schedules.exponentialDecay({ initialLearningRate: 0.5, decaySteps: 1, decayRate: 0.5 });
  const model = create(optimizers.randomSearch({ sigma, populationSize: 4 }));
  await model.fit(X, Y, { epochs: 3, verbose: 0 });
  assertThrows(() => model.learningRate = 0.1, TypeError, 'optimizer "random_search" must be one that has it');
  const again = await loadModel(model.toBytes());
  assertEquals(again.optimizer.config.sigma, { id: sigma.id, config: sigma.config } as never);
  const strategy = create(optimizers.evolutionStrategy({ populationSize: 4 }));
  strategy.learningRate = 0.25;
  await strategy.fit(X, Y, { epochs: 1, verbose: 0 });
});

Deno.test("search spaces may contain them", async () => {
  const result = await search({
    space: { method: choice(["cma_es", "evolution_strategy", "particle_swarm", "adam"]) },
    build: ({ method }) => {
      const model = sequential([layers.dense({ units: 1, inputShape: [2] })], { seed: 1 });
      model.compile({ optimizer: method, loss: "mse" });
      return model;
    },
    x: X,
    y: Y,
    epochs: 3,
    trials: 4,
    validation: { x: X, y: Y },
    monitor: "loss",
    sampler: samplers.grid(),
    workers: 2,
    verbose: 0,
  });
  const model = sequential([layers.dense({ units: 1, inputShape: [2] })], { seed: 1 });
  for (const { params, history } of result.trials) {
    if (params.method !== "cma_es") continue;
    model.compile({ optimizer: "cma_es", loss: "mse" });
    const fit = await model.fit(X, Y, { epochs: 3, verbose: 0, workers: 1 });
    assertEquals(history.loss, fit.history.loss);
    assertEquals(history.population_best, fit.history.population_best);
  }
  assert(result.trials.every(({ status }) => status === "done"));
});

Deno.test("what needs gradients is refused by name", () => {
  const model = create("cma_es");
  assertThrows(() => model.gradients(X, Y), TypeError, 'an optimizer that uses gradients, got "cma_es"');
  assertThrows(() => optimizers.cmaEs({ clipnorm: 1 } as never), TypeError, "clipnorm goes with optimizers that use");
  assertThrows(
    () => optimizers.particleSwarm({ gradientAccumulationSteps: 2 } as never),
    TypeError,
    "gradientAccumulationSteps goes with optimizers that use gradients, and particle_swarm uses none, got 2",
  );
  assertThrows(
    () => model.compile({ optimizer: [{ optimizer: optimizers.cmaEs() }] as never, loss: "mse" }),
    TypeError,
    "the optimizer of a group must be one that uses gradients",
  );
});

Deno.test("options out of range are refused by name", () => {
  const bad: [() => unknown, string][] = [
    [() => optimizers.cmaEs({ populationSize: 1 }), "populationSize must be an integer from 2 to 65536, got 1"],
    [() => optimizers.cmaEs({ initialSigma: 0 }), "initialSigma must be a number > 0 and <= 1000000, got 0"],
    [() => optimizers.cmaEs({ recommend: "last" as never }), 'recommend must be one of "best", "mean", got "last"'],
    [() => optimizers.cmaEs({ restarts: 1, recommend: "mean" }), "restarts does not go with"],
    [
      () => optimizers.geneticAlgorithm({ crossoverRate: 1.5 }),
      "crossoverRate must be a number >= 0 and <= 1, got 1.5",
    ],
    [() => optimizers.geneticAlgorithm({ populationSize: 4, elitism: 4 }), "elitism must be an integer from 0 to 3"],
    [() => optimizers.differentialEvolution({ populationSize: 3 }), "populationSize must be an integer from 4"],
    [() => optimizers.differentialEvolution({ mutation: [1, 0.5] }), "mutation[1] must be a number >= 1 and <= 2"],
    [() => optimizers.differentialEvolution({ bestShare: 0.1 }), 'bestShare goes with strategy "jade" only, got 0.1'],
    [() => optimizers.evolutionStrategy({ populationSize: 5 }), "populationSize must be even"],
    [() => optimizers.evolutionStrategy({ sigma: -1 }), "sigma must be a number > 0"],
    [() => optimizers.particleSwarm({ inertia: 2 }), "inertia must be a number >= 0 and <= 1, got 2"],
    [() => optimizers.simulatedAnnealing({ reheatAfter: 0 }), "reheatAfter must be an integer >= 1, got 0"],
    [() => optimizers.randomSearch({ sigma: "0.1" as never }), 'sigma must be a number > 0 and <= 1000000, got "0.1"'],
  ];
  for (const [make, message] of bad) assertThrows(make, Error, message);
  const large = sequential([layers.dense({ units: 100, inputShape: [100] })]);
  large.compile({ optimizer: "cma_es", loss: "mse" });
  assertThrows(() => large.trainer, RangeError, "at most 4000 weights that are trained, got 10100");
});
