/**
 * Training without gradients: a fit of XOR 2-7-1 with 64 members and 100 generations beside a loop in JavaScript that only evaluates as many
 * members; a generation of 64 pairs of an evolution strategy on 784-128-10 beside as many forward passes; and what CMA-ES takes for itself
 * with 200 weights.
 *
 * Usage: `deno run -A bench/without_gradients.ts`.
 *
 * @module
 */
import { layers, optimizers, sequential } from "../mod.ts";
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

/** Milliseconds of a fit of one model, over and over, after a first one. */
async function fitXor(optimizer: optimizers.PopulationOptimizer): Promise<number[]> {
  const model = sequential([
    layers.dense({ units: 7, activation: "sigmoid", inputShape: [2] }),
    layers.dense({ units: 1, activation: "sigmoid" }),
  ], { seed: 1 });
  model.compile({ optimizer, loss: "binary_crossentropy" });
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const begin = performance.now();
    await model.fit(X, Y, { epochs: GENERATIONS, batchSize: 4, verbose: 0, workers: 1 });
    times.push(performance.now() - begin);
  }
  return times.slice(RUNS / 3);
}

const members = Float64Array.from({ length: MEMBERS * 29 }, (_, i) => Math.sin(7 * i));
const byHand: number[] = [];
let kept = 0;
for (let run = 0; run < RUNS; run++) {
  const begin = performance.now();
  for (let generation = 0; generation < GENERATIONS; generation++) kept += evaluateXorByHand(members, MEMBERS);
  byHand.push(performance.now() - begin);
}
if (Number.isNaN(kept)) throw new Error("the loop must not be left out");

const xor = {
  "evaluating 6,400 members, by hand": byHand.slice(RUNS / 3),
  "fit, differentialEvolution": await fitXor(optimizers.differentialEvolution({ populationSize: MEMBERS })),
  "fit, geneticAlgorithm": await fitXor(optimizers.geneticAlgorithm({ populationSize: MEMBERS })),
  "fit, evolutionStrategy": await fitXor(optimizers.evolutionStrategy({ populationSize: MEMBERS })),
  "fit, cmaEs": await fitXor(optimizers.cmaEs({ populationSize: MEMBERS })),
};

// One generation of 64 pairs, and a forward pass of the same batch.
const { model, x, y } = createMlp([784, 128, 10], 128);
model.predictOnBatch(x);
const forward: number[] = [];
for (let i = 0; i < 300; i++) {
  const begin = performance.now();
  model.predictOnBatch(x);
  forward.push(performance.now() - begin);
}
model.compile({
  optimizer: optimizers.evolutionStrategy({ populationSize: 128 }),
  loss: "sparse_categorical_crossentropy",
});
const generation: Record<number, number> = {};
for (const workers of [1, 2]) {
  await model.fit(x, y, { epochs: 1, batchSize: 128, verbose: 0, workers });
  const begin = performance.now();
  await model.fit(x, y, { epochs: 4, batchSize: 128, verbose: 0, workers });
  generation[workers] = (performance.now() - begin) / 4;
}

// CMA-ES by itself: an objective that costs next to nothing.
const size = 200;
const machine = new RuleMachine(optimizers.cmaEs().ruleFor(size), {
  start: new Float64Array(size).fill(1),
  objective: (w) => w[0] * w[0],
  draws: new Draws(1),
});
const steps: number[] = [];
for (let i = 0; i < 200; i++) {
  const begin = performance.now();
  machine.step();
  steps.push(performance.now() - begin);
}
const matrix = machine.generation.arrays.covariance;
const [vectors, values, work] = [new Float64Array(size * size), new Float64Array(size), new Float64Array(size)];
const decompositions = Array.from({ length: 20 }, () => {
  const begin = performance.now();
  decomposeSymmetric(matrix, vectors, values, work);
  return performance.now() - begin;
});

const median = (samples: readonly number[]): number => summarize(samples).median;
const ordered = steps.slice(50).sort((a, b) => a - b);
printReport({
  benchmark: "without_gradients",
  tables: [
    {
      title: `XOR 2-7-1, ${MEMBERS} members, ${GENERATIONS} generations, one thread`,
      header: ["what", "median ms", "beside the loop"],
      rows: Object.entries(xor).map(([what, times]) => [
        what,
        formatFigure(median(times)),
        `${formatFigure(median(times) / median(byHand))} ×`,
      ]),
    },
    {
      title: "784-128-10, batch 128, evolutionStrategy with 64 pairs",
      header: ["what", "ms"],
      rows: [
        ["128 forward passes, one thread", formatFigure(128 * median(forward))],
        ["a generation, one thread", formatFigure(generation[1])],
        ["a generation, two threads", formatFigure(generation[2])],
      ],
    },
    {
      title: `cmaEs, ${size} weights, 19 members`,
      header: ["what", "ms"],
      rows: [
        ["a generation without decomposition", formatFigure(ordered[Math.floor(ordered.length / 10)])],
        ["a generation, mean", formatFigure(ordered.reduce((sum, v) => sum + v, 0) / ordered.length)],
        ["a decomposition", formatFigure(median(decompositions))],
      ],
    },
  ],
  figures: {
    "xor de fit ms": median(xor["fit, differentialEvolution"]),
    "xor members by hand ms": median(byHand),
    "es generation two threads ms": generation[2],
    "128 forward passes ms": 128 * median(forward),
  },
});
