/**
 * Training without gradients: a fit of XOR 2-7-1 with 64 members and 100 generations beside a loop in JavaScript that only evaluates as many
 * members, and beside DEAP and numpy; a generation of 64 pairs of an evolution strategy on 784-128-10 beside as many forward passes; and what
 * CMA-ES takes for itself with 200 weights.
 *
 * Usage: `deno run -A bench/without_gradients.ts`; needs /usr/bin/python3 with DEAP.
 *
 * @module
 */
import { layers, optimizers, type Sequential, sequential } from "../mod.ts";
import { decomposeSymmetric } from "../src/evolution/decompose_symmetric.ts";
import { Draws } from "../src/evolution/draws.ts";
import { RuleMachine } from "../tests/evolution/rule_machine.ts";
import { createMlp } from "./lib/create_mlp.ts";
import { evaluateXorByHand } from "./lib/evaluate_xor_by_hand.ts";
import { formatFigure } from "./lib/format_figure.ts";
import { printReport } from "./lib/print_report.ts";
import { summarize } from "./lib/summarize.ts";

const MEMBERS = 64, GENERATIONS = 100, RUNS = 60;
const X = [[0, 0], [0, 1], [1, 0], [1, 1]], Y = [[0], [1], [1], [0]];

/** Milliseconds of a fit from the first weights on, with a model that has been fitted before. */
function prepareXor(optimizer: optimizers.PopulationOptimizer): { readonly model: Sequential; run(): Promise<number> } {
  const model = sequential([
    layers.dense({ units: 7, activation: "sigmoid", inputShape: [2] }),
    layers.dense({ units: 1, activation: "sigmoid" }),
  ], { seed: 1 });
  model.compile({ optimizer, loss: "binary_crossentropy" });
  const first = Object.fromEntries(model.weights.map(({ name, value }) => [name, value.toArray()]));
  return {
    model,
    async run() {
      model.setWeights(first);
      const begin = performance.now();
      await model.fit(X, Y, { epochs: GENERATIONS, batchSize: 4, verbose: 0, workers: 1 });
      return performance.now() - begin;
    },
  };
}

const methods = {
  differentialEvolution: prepareXor(optimizers.differentialEvolution({ populationSize: MEMBERS })),
  geneticAlgorithm: prepareXor(optimizers.geneticAlgorithm({ populationSize: MEMBERS })),
  evolutionStrategy: prepareXor(optimizers.evolutionStrategy({ populationSize: MEMBERS })),
  particleSwarm: prepareXor(optimizers.particleSwarm({ populationSize: MEMBERS })),
  cmaEs: prepareXor(optimizers.cmaEs({ populationSize: MEMBERS })),
};
const byHand = "evaluating 6,400 members, by hand";
const xor: Record<string, number[]> = { [byHand]: [] };
let kept = 0;
/** All in turns, so that what else the machine does meets all of them; evaluated by hand are the members that the genetic algorithm has left. */
for (let run = 0; run < RUNS; run++) {
  for (const [name, { run }] of Object.entries(methods)) (xor[`fit, ${name}`] ??= []).push(await run());
  const population = methods.geneticAlgorithm.model.population();
  const members = Float64Array.from(population.flatMap(({ weights }) => {
    return Object.values(weights).flatMap(({ data }) => [...data]);
  }));
  const begin = performance.now();
  for (let generation = 0; generation < GENERATIONS; generation++) kept += evaluateXorByHand(members, MEMBERS);
  xor[byHand].push(performance.now() - begin);
}
if (Number.isNaN(kept)) throw new Error("the loop must not be left out");
for (const times of Object.values(xor)) times.splice(0, RUNS / 3);

// The same by others.
const { stdout } = await new Deno.Command("/usr/bin/python3", { args: ["bench/peers/without_gradients.py"] }).output();
const peers: Record<string, { readonly ms: number[] }> = JSON.parse(new TextDecoder().decode(stdout));
for (const [name, { ms }] of Object.entries(peers)) xor[`genetic algorithm, ${name}`] = ms;

// One generation of 64 pairs, and a forward pass of the same batch.
const { model, x, y } = createMlp([784, 128, 10], 128);
model.predictOnBatch(x);
const forward: number[] = [];
for (let i = 0; i < 100; i++) model.predictOnBatch(x);
model.compile({
  optimizer: optimizers.evolutionStrategy({ populationSize: 128 }),
  loss: "sparse_categorical_crossentropy",
});
const generation: Record<number, number[]> = { 1: [], 2: [] };
for (const workers of [1, 2]) await model.fit(x, y, { epochs: 1, batchSize: 128, verbose: 0, workers });
for (let round = 0; round < 8; round++) {
  for (const workers of [1, 2]) {
    const begin = performance.now();
    await model.fit(x, y, { epochs: 4, batchSize: 128, verbose: 0, workers });
    generation[workers].push((performance.now() - begin) / 4);
  }
  for (let i = 0; i < 30; i++) {
    const begin = performance.now();
    model.predictOnBatch(x);
    forward.push(performance.now() - begin);
  }
}

// CMA-ES by itself: an objective that costs next to nothing.
const size = 200;
const rule = optimizers.cmaEs().ruleFor(size);
const updates: number[] = [];
const machine = new RuleMachine({
  ...rule,
  select(generation, isFirst) {
    const begin = performance.now();
    const chosen = rule.select(generation, isFirst);
    updates.push(performance.now() - begin);
    return chosen;
  },
}, {
  start: new Float64Array(size).fill(1),
  objective: (w) => w[0] * w[0],
  draws: new Draws(1),
});
for (let i = 0; i < 400; i++) machine.step();
const matrix = machine.generation.arrays.covariance;
const [vectors, values, work] = [new Float64Array(size * size), new Float64Array(size), new Float64Array(size)];
const decompositions = Array.from({ length: 20 }, () => {
  const begin = performance.now();
  decomposeSymmetric(matrix, vectors, values, work);
  return performance.now() - begin;
});

const least = (samples: readonly number[]): number => summarize(samples).min;
const median = (samples: readonly number[]): number => summarize(samples).median;
const ordered = updates.slice(100).sort((a, b) => a - b);
printReport({
  benchmark: "without_gradients",
  tables: [
    {
      title: `XOR 2-7-1, ${MEMBERS} members, ${GENERATIONS} generations, one thread`,
      header: ["what", "median ms", "least ms", "beside the loop", "least beside its least"],
      rows: Object.entries(xor).map(([what, times]) => [
        what,
        formatFigure(median(times)),
        formatFigure(least(times)),
        `${formatFigure(median(times) / median(xor[byHand]))} ×`,
        `${formatFigure(least(times) / least(xor[byHand]))} ×`,
      ]),
    },
    {
      title: "784-128-10, batch 128, evolutionStrategy with 64 pairs",
      header: ["what", "median ms", "least ms"],
      rows: [
        ["128 forward passes, one thread", formatFigure(128 * median(forward)), formatFigure(128 * least(forward))],
        ["a generation, one thread", formatFigure(median(generation[1])), formatFigure(least(generation[1]))],
        ["a generation, two threads", formatFigure(median(generation[2])), formatFigure(least(generation[2]))],
      ],
    },
    {
      title: `cmaEs, ${size} weights, 19 members`,
      header: ["what", "ms"],
      rows: [
        // Every other one decomposes.
        ["an update without decomposition", formatFigure(ordered[Math.floor(ordered.length / 10)])],
        ["an update, mean", formatFigure(ordered.reduce((sum, v) => sum + v, 0) / ordered.length)],
        ["a decomposition", formatFigure(median(decompositions))],
      ],
    },
  ],
  figures: {
    "xor de fit ms": median(xor["fit, differentialEvolution"]),
    "xor members by hand ms": median(xor[byHand]),
    "es generation two threads ms": median(generation[2]),
    "128 forward passes ms": 128 * median(forward),
  },
});
