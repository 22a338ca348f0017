/**
 * One step of backpropagation by hand: a network of 2 inputs, 2 hidden and 2 output neurons, sigmoid everywhere, with the error
 * E = Σ ½ (y − ŷ)². First in float64, factor by factor, as on the lecture's slides; then the same numbers from the library.
 * Needs no permission: `deno run examples/worked_example.ts`.
 *
 * @module
 */
import { checkGradients, layers, optimizers, type Sequential, sequential } from "retroprop";
import { describeFlags, readFlags } from "./flags/read_flags.ts";

const COMMAND = {
  usage:
    "One step of backpropagation by hand, and the same from the library.\n\n  deno run examples/worked_example.ts [flags]",
  flags: { quiet: { default: false, help: "print only whether the two agree" } },
} as const;

/** The input. */
const x = [0.1, 0.5];
/** The wanted output. */
const y = [0.05, 0.95];
/** The weights of both layers, `w[layer][to][from]` as on the slides. */
const w = [[[0.1, 0.3], [0.2, 0.4]], [[0.5, 0.6], [0.7, 0.8]]];
/** The bias that all neurons of a layer share. */
const b = [0.25, 0.35];

/** Every number of the example. Layer 1 is hidden, layer 2 the output. */
export interface WorkedExample {
  /** Weighted sums of the hidden neurons. */
  z1: number[];
  /** Outputs of the hidden neurons. */
  a1: number[];
  /** Weighted sums of the output neurons. */
  z2: number[];
  /** Outputs of the network, ŷ. */
  yHat: number[];
  /** The error of each output, ½ (y − ŷ)². */
  errors: number[];
  /** Their sum. */
  error: number;
  /** ∂E/∂z of the output neurons. */
  dz2: number[];
  /** ∂E/∂w of the output layer, `[to][from]`. */
  dw2: number[][];
  /** ∂E/∂z of the hidden neurons. */
  dz1: number[];
  /** ∂E/∂w of the hidden layer, `[to][from]`. */
  dw1: number[][];
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
/** The derivative of the sigmoid, from its value a. */
const sigmoidSlope = (a: number): number => a * (1 - a);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The example in float64, by the chain rule. */
export function computeByHand(): WorkedExample {
  const z1 = w[0].map((row) => sum(row.map((weight, from) => weight * x[from])) + b[0]);
  const a1 = z1.map(sigmoid);
  const z2 = w[1].map((row) => sum(row.map((weight, from) => weight * a1[from])) + b[1]);
  const yHat = z2.map(sigmoid);
  const errors = yHat.map((p, k) => (y[k] - p) ** 2 / 2);
  const dz2 = yHat.map((p, k) => (p - y[k]) * sigmoidSlope(p));
  const dw2 = dz2.map((dz) => a1.map((a) => dz * a));
  const dz1 = a1.map((a, j) => sum(dz2.map((dz, k) => dz * w[1][k][j])) * sigmoidSlope(a));
  const dw1 = dz1.map((dz) => x.map((value) => dz * value));
  return { z1, a1, z2, yHat, errors, error: sum(errors), dz2, dw2, dz1, dw1 };
}

/** The five factors of ∂E/∂w[1][1][1] along the path through one output (0 or 1). */
export function listFactors(output: number): number[] {
  const { a1, yHat } = computeByHand();
  const p = yHat[output];
  return [p - y[output], sigmoidSlope(p), w[1][output][0], sigmoidSlope(a1[0]), x[0]];
}

/** A network with the example's weights. The library keeps a kernel as `[from][to]`, so the slides' tables are transposed. */
function createNetwork(activations: readonly ("sigmoid" | "linear")[]): Sequential {
  const model = sequential(
    activations.map((activation, i) => layers.dense({ units: 2, activation, inputShape: i === 0 ? [2] : undefined })),
  );
  model.setWeights(activations.flatMap((_, layer) => [transpose(w[layer]), [b[layer], b[layer]]]));
  return model;
}

/** The example by the library, in float32: gradients are read off one step with learning rate 1. */
export function computeByLibrary(): WorkedExample {
  const forward = (...activations: ("sigmoid" | "linear")[]): number[] =>
    Array.from(createNetwork(activations).predict([x]).data);
  const model = createNetwork(["sigmoid", "sigmoid"]);
  model.compile({ optimizer: optimizers.sgd({ learningRate: 1 }), loss: "half_sum_of_squares" });
  const before = model.getWeights();
  const { loss } = model.trainOnBatch([x], [y]);
  const gradients = model.getWeights().map((after, i) => after.data.map((value, j) => before[i].data[j] - value));
  const [kernel1, dz1, kernel2, dz2] = gradients.map((gradient) => Array.from(gradient));
  const table = (kernel: readonly number[]): number[][] => transpose([kernel.slice(0, 2), kernel.slice(2)]);
  const yHat = forward("sigmoid", "sigmoid");
  return {
    z1: forward("linear"),
    a1: forward("sigmoid"),
    z2: forward("sigmoid", "linear"),
    yHat,
    errors: yHat.map((p, k) => (y[k] - p) ** 2 / 2),
    error: loss,
    dz2,
    dw2: table(kernel2),
    dz1,
    dw1: table(kernel1),
  };
}

/** The largest relative error of the library's gradients against finite differences of the error. */
export function compareWithDifferences(): number {
  const model = createNetwork(["sigmoid", "sigmoid"]);
  model.compile({ optimizer: "sgd", loss: "half_sum_of_squares" });
  return checkGradients(model, [x], [y], { verbose: false }).worst.relativeError;
}

function transpose(matrix: readonly (readonly number[])[]): number[][] {
  return matrix[0].map((_, column) => matrix.map((row) => row[column]));
}

/** Runs the program. `print` gets what it says. */
export function main(args: readonly string[], print: (text: string) => void = console.log): void {
  const options = readFlags(args, COMMAND);
  if (options === null) return print(describeFlags(COMMAND));
  const byHand = computeByHand();
  const byLibrary = computeByLibrary();
  if (!options.quiet) {
    print(`x = ${x.join(", ")}   y = ${y.join(", ")}\n`);
    for (const [name, hand, library] of listRows(byHand, byLibrary)) {
      print(`${name.padEnd(14)} ${hand.toFixed(16).padStart(19)}   ${library.toFixed(9).padStart(12)}`);
    }
    print(`\nThe chain rule for w[1][1][1] = ${w[0][0][0]}, one path per output (cut after five decimals):\n`);
    const paths = [0, 1].map((output) => printPath(output, print));
    const [first, second] = paths.map((path) => cut(path));
    print(`∂E/∂w  = ${first} ${second.replace("−", "− ")} = ${cut(sum(paths), 4)}`);
    print("\nAll weights change together, after every derivative is known: w := w − learning rate · ∂E/∂w\n");
  }
  const differences = listRows(byHand, byLibrary).map(([, hand, library]) => Math.abs(hand - library));
  const difference = differences.reduce((a, b) => Math.max(a, b));
  print(`By hand (float64) and by the library (float32): largest difference ${difference.toExponential(1)}`);
  print(`Gradients and finite differences: largest relative error ${compareWithDifferences().toExponential(1)}`);
}

/** A number cut off, not rounded, after so many decimals: that is how the slides print. */
function cut(value: number, decimals = 5): string {
  return (Math.trunc(value * 10 ** decimals) / 10 ** decimals).toFixed(decimals).replace("-", "−");
}

/** Prints the factors of one path as on the slides, and returns their product. */
function printPath(output: number, print: (text: string) => void): number {
  const k = output + 1;
  const [dE, dY, weight, dA, input] = listFactors(output);
  const product = dE * dY * weight * dA * input;
  print(`∂E${k}/∂w = ∂E${k}/∂ŷ${k} · ∂ŷ${k}/∂z${k} · ∂z${k}/∂a1 · ∂a1/∂z1 · ∂z1/∂w`);
  print(`       = ${cut(dE)} · ${cut(dY)} · ${weight} · ${cut(dA)} · ${input} = ${cut(product)}`);
  return product;
}

/** Name, value by hand and value by the library of every number. Indices count from 1, as on the slides. */
function listRows(byHand: WorkedExample, byLibrary: WorkedExample): [name: string, hand: number, library: number][] {
  const names: [keyof WorkedExample, string][] = [
    ["z1", "z[1]"],
    ["a1", "a[1]"],
    ["z2", "z[2]"],
    ["yHat", "ŷ"],
    ["errors", "E"],
    ["error", "E"],
    ["dz2", "∂E/∂z[2]"],
    ["dw2", "∂E/∂w[2]"],
    ["dz1", "∂E/∂z[1]"],
    ["dw1", "∂E/∂w[1]"],
  ];
  return names.flatMap(([key, name]) => {
    const rows = (value: number | number[] | number[][], index: string): [string, number][] =>
      Array.isArray(value) ? value.flatMap((each, i) => rows(each, `${index}[${i + 1}]`)) : [[name + index, value]];
    const library = rows(byLibrary[key], "");
    return rows(byHand[key], "").map(([label, value], i): [string, number, number] => [label, value, library[i][1]]);
  });
}

if (import.meta.main) {
  try {
    main(Deno.args);
  } catch (error) {
    console.error(`worked_example.ts: ${error instanceof Error ? error.message : error}`);
    Deno.exit(1);
  }
}
