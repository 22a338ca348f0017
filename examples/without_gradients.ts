/**
 * Training without gradients: XOR by each method that needs none, beside SGD and Adam; a network of hard steps, through which no gradient
 * flows, that learns XOR all the same; and Iris with the accuracy itself as the objective.
 *
 *   deno run --allow-read=examples/data/iris.csv examples/without_gradients.ts
 *
 * @module
 */
import { type CompileOptions, layers, optimizers, plot, type Sequential, sequential } from "retroprop";
import { encodeTable } from "./csv/encode_table.ts";
import { readTable } from "./csv/read_table.ts";
import { splitSamples } from "./csv/split_samples.ts";
import { describeFlags, readFlags } from "./flags/read_flags.ts";
import { drawCurves } from "./plot/draw_curves.ts";

const COMMAND = {
  usage: "Trains XOR with and without gradients, a network of hard steps, and Iris by its accuracy.\n\n" +
    "  deno run --allow-read=examples/data/iris.csv examples/without_gradients.ts [flags]",
  flags: {
    seeds: { default: 20, min: 1, max: 1000, isInteger: true, help: "how many seeds each method tries" },
    page: { default: "", help: "where to write a page with the loss curves, an .html file; needs --allow-write" },
    quiet: { default: false, help: "print no curves" },
  },
} as const;

const x = [[0, 0], [0, 1], [1, 0], [1, 1]];
const y = [[0], [1], [1], [0]];

/** How a method is set up, how long it trains, and how many members it evaluates in a step. */
interface Method {
  readonly optimizer: CompileOptions["optimizer"];
  readonly epochs: number;
  readonly members: number;
}

/** The methods. Those with gradients evaluate the network once a step, and go back through it once. */
const METHODS: Readonly<Record<string, Method>> = {
  sgd: { optimizer: optimizers.sgd({ learningRate: 1, momentum: 0.9 }), epochs: 300, members: 1 },
  adam: { optimizer: optimizers.adam({ learningRate: 0.05 }), epochs: 300, members: 1 },
  randomSearch: { optimizer: optimizers.randomSearch({ populationSize: 32 }), epochs: 100, members: 32 },
  simulatedAnnealing: {
    optimizer: optimizers.simulatedAnnealing({ populationSize: 8, sigma: 0.3, reheatAfter: 50 }),
    epochs: 400,
    members: 8,
  },
  geneticAlgorithm: {
    optimizer: optimizers.geneticAlgorithm({ populationSize: 64, mutationRate: 0.3, mutationSigma: 0.5 }),
    epochs: 50,
    members: 64,
  },
  differentialEvolution: {
    optimizer: optimizers.differentialEvolution({ populationSize: 64 }),
    epochs: 50,
    members: 64,
  },
  jade: {
    optimizer: optimizers.differentialEvolution({ populationSize: 64, strategy: "jade" }),
    epochs: 50,
    members: 64,
  },
  particleSwarm: { optimizer: optimizers.particleSwarm({ populationSize: 40 }), epochs: 75, members: 40 },
  evolutionStrategy: { optimizer: optimizers.evolutionStrategy({ populationSize: 32 }), epochs: 100, members: 32 },
  cmaEs: { optimizer: optimizers.cmaEs({ populationSize: 64, initialSigma: 1 }), epochs: 40, members: 64 },
  separableCmaEs: {
    optimizer: optimizers.separableCmaEs({ populationSize: 64, initialSigma: 1 }),
    epochs: 40,
    members: 64,
  },
};

/** What a method did on XOR. */
export interface MethodResult {
  /** Its name. */
  readonly name: string;
  /** Evaluations of the network in one training. */
  readonly evaluations: number;
  /** Milliseconds of one training, the mean of all seeds. */
  readonly ms: number;
  /** How many seeds solve it. */
  readonly solved: number;
  /** The loss of each epoch, of the first seed. */
  readonly losses: number[];
}

function solves(model: Sequential): boolean {
  return model.predict(x).data.every((p, i) => (p > 0.5 ? 1 : 0) === y[i][0]);
}

/** Trains XOR with one method, with one seed after another. */
export async function runMethod(name: string, seeds: number): Promise<MethodResult> {
  const { optimizer, epochs, members } = METHODS[name];
  let [solved, ms] = [0, 0];
  let losses: number[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    const model = sequential([
      layers.dense({ units: 3, activation: "tanh", inputShape: [2] }),
      layers.dense({ units: 1, activation: "sigmoid" }),
    ], { seed });
    model.compile({ optimizer, loss: "binary_crossentropy" });
    const started = performance.now();
    const { history } = await model.fit(x, y, { epochs, batchSize: 4, verbose: 0 });
    ms += performance.now() - started;
    if (seed === 0) losses = history.loss;
    if (solves(model)) solved++;
  }
  return { name, evaluations: epochs * members, ms: ms / seeds, solved, losses };
}

/** A network of hard steps that learns XOR: how many seeds of so many it takes. */
export async function runSteps(seeds: number): Promise<number> {
  let solved = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const model = sequential([
      layers.dense({ units: 3, activation: "step", inputShape: [2] }),
      layers.dense({ units: 1, activation: "step" }),
    ], { seed });
    model.compile({
      optimizer: optimizers.geneticAlgorithm({ populationSize: 64, mutationRate: 0.3, mutationSigma: 0.5 }),
      loss: "mean_squared_error",
    });
    await model.fit(x, y, { epochs: 60, batchSize: 4, verbose: 0 });
    if (solves(model)) solved++;
  }
  return solved;
}

/** The mean share of held-out flowers that is recognised, over five splits, where the accuracy itself was the objective. */
export async function runIris(text: string): Promise<number> {
  const all = encodeTable(readTable(text, ","), "species", []);
  let sum = 0;
  for (let seed = 1; seed <= 5; seed++) {
    const { held, rest } = splitSamples(all.y.map((_, i) => i), all.y, { share: 0.25, seed });
    const take = (rows: readonly number[]): [number[][], number[]] => [
      rows.map((i) => all.x[i]),
      rows.map((i) => all.y[i]),
    ];
    const scale = layers.normalization({ inputShape: [4] });
    scale.adapt(take(rest)[0]);
    const model = sequential([scale, layers.dense({ units: 3, activation: "softmax" })], { seed });
    model.compile({
      optimizer: optimizers.geneticAlgorithm({ populationSize: 64 }),
      loss: "sparse_categorical_crossentropy",
      objective: { metric: "accuracy", direction: "max" },
      metrics: ["accuracy"],
    });
    await model.fit(...take(rest), { epochs: 60, batchSize: rest.length, verbose: 0 });
    sum += model.evaluate(...take(held)).accuracy as number;
  }
  return sum / 5;
}

/** Runs the program. `print` gets what it says, line by line or more. */
export async function main(args: readonly string[], print: (text: string) => void = console.log): Promise<void> {
  const options = readFlags(args, COMMAND);
  if (options === null) return print(describeFlags(COMMAND));
  const { seeds, page, quiet } = options;
  print(`XOR, 2-3-1, ${seeds} seeds\n\nmethod                 evaluations  ms a training  solved`);
  const results: MethodResult[] = [];
  for (const name of Object.keys(METHODS)) {
    const result = await runMethod(name, seeds);
    results.push(result);
    const cells = [String(result.evaluations).padStart(11), result.ms.toFixed(1).padStart(13)];
    print(`${name.padEnd(21)}  ${cells.join("  ")}  ${(100 * result.solved / seeds).toFixed(0).padStart(5)} %`);
  }
  const curves = Object.fromEntries(results.map(({ name, losses }) => [name, losses]));
  if (!quiet) {
    const color = Deno.stdout.isTerminal() && !Deno.noColor;
    for (const { name, losses } of results) {
      print(`\n${plot.lossCurve(losses, { title: `${name}: loss over epochs, seed 0`, height: 6, color })}`);
    }
  }
  if (page !== "") {
    await Deno.writeTextFile(page, drawCurves("XOR with and without gradients: loss over epochs", curves));
    print(`\nwrote ${page}`);
  }
  print(`\nhard steps, 2-3-1, genetic algorithm: ${await runSteps(seeds)} of ${seeds} seeds solve XOR`);
  const iris = await runIris(await Deno.readTextFile(new URL("data/iris.csv", import.meta.url)));
  print(`Iris, accuracy as the objective: ${(100 * iris).toFixed(1)} % of held-out flowers, the mean of 5 splits`);
}

if (import.meta.main) {
  try {
    await main(Deno.args);
  } catch (error) {
    console.error(`without_gradients.ts: ${error instanceof Error ? error.message : error}`);
    Deno.exit(1);
  }
}
