/**
 * The lecture's first network: XOR with one hidden layer, sigmoid, plain SGD on the full batch. Needs no permission:
 * `deno run examples/xor.ts`; `--help` lists the flags.
 *
 * @module
 */
import { layers, NonFiniteError, plot, type Sequential, sequential } from "retroprop";
import { describeFlags, type FlagValues, readFlags } from "./flags/read_flags.ts";

const COMMAND = {
  usage:
    "Trains XOR and shows how the loss falls and what the network has learnt.\n\n  deno run examples/xor.ts [flags]",
  flags: {
    hidden: { default: 7, min: 1, isInteger: true, help: "neurons in the hidden layer" },
    epochs: { default: 200, min: 1, isInteger: true, help: "steps on the full batch" },
    lr: { default: 4.5, min: 0, help: "learning rate" },
    optimizer: { default: "sgd", help: "sgd, adam, rmsprop, …" },
    loss: { default: "binary_crossentropy", help: "binary_crossentropy, mean_squared_error, …" },
    activation: { default: "sigmoid", help: "of the hidden layer: sigmoid, tanh, relu, …" },
    seed: { default: 7, min: 0, isInteger: true, help: "fixes the initial weights" },
    runs: { default: 1, min: 1, isInteger: true, help: "how many seeds to try, from --seed on" },
    quiet: { default: false, help: "print only the result" },
  },
} as const;

/** The settings of a run. */
export type XorOptions = FlagValues<typeof COMMAND.flags>;

/** The four samples. */
const x = [[0, 0], [0, 1], [1, 0], [1, 1]];
const y = [[0], [1], [1], [0]];

/** What one training gave. */
export interface XorResult {
  /** The trained network. */
  model: Sequential;
  /** The loss of every epoch, before the step. */
  losses: number[];
  /** The network's answers for the four samples. */
  answers: number[];
  /** How many of them are on the right side of 0.5. */
  correct: number;
}

/** Trains one network. */
export async function trainXor(options: XorOptions, seed: number = options.seed): Promise<XorResult> {
  const model = sequential([
    layers.dense({ units: options.hidden, activation: options.activation, inputShape: [2] }),
    layers.dense({ units: 1, activation: "sigmoid" }),
  ], { seed });
  model.compile({ optimizer: options.optimizer as "sgd", loss: options.loss });
  model.learningRate = options.lr;
  const { history } = await model.fit(x, y, { epochs: options.epochs, batchSize: x.length, verbose: 0 });
  const answers = Array.from(model.predict(x).data);
  const correct = answers.filter((p, i) => (p > 0.5 ? 1 : 0) === y[i][0]).length;
  return { model, losses: history.loss, answers, correct };
}

/** Trains with one seed after another; a training that explodes counts as not solved. */
async function countSolved(options: XorOptions): Promise<number> {
  let solved = 0;
  for (let run = 0; run < options.runs; run++) {
    try {
      if ((await trainXor(options, options.seed + run)).correct === 4) solved++;
    } catch (error) {
      if (!(error instanceof NonFiniteError)) throw error;
    }
  }
  return solved;
}

/** Runs the program. `print` gets what it says, line by line or more. */
export async function main(args: readonly string[], print: (text: string) => void = console.log): Promise<void> {
  const options = readFlags(args, COMMAND);
  if (options === null) return print(describeFlags(COMMAND));
  const { hidden, epochs, lr, optimizer, loss, activation, seed, runs, quiet } = options;
  if (!quiet) print(`2-${hidden}-1, ${activation}, ${loss}, ${optimizer} with learning rate ${lr}, ${epochs} epochs`);
  if (runs > 1) {
    const solved = await countSolved(options);
    return print(
      `${solved} of ${runs} seeds (${seed} to ${seed + runs - 1}) reach 4/4: ${(100 * solved / runs).toFixed(0)} %`,
    );
  }
  const result = await trainXor(options);
  if (!quiet) show(result, print);
  print(`${result.correct}/4 correct, loss ${result.losses[epochs - 1].toPrecision(4)}, seed ${seed}`);
}

/** Draws the loss curve and the decision boundary, and lists the answers. */
function show({ model, losses, answers }: XorResult, print: (text: string) => void): void {
  const color = Deno.stdout.isTerminal() && !Deno.noColor;
  print(`\n${plot.lossCurve(losses, { title: "loss over epochs", color })}`);
  const points = { x, y };
  print(`\nanswer between 0 and 1, samples as digits (x1 to the right, x2 up)`);
  print(plot.decisionBoundary(model, { x: [-0.25, 1.25], y: [-0.25, 1.25], points, color }));
  print("\nx1 x2  wanted  answer");
  x.forEach(([a, b], i) => print(` ${a}  ${b}     ${y[i][0]}    ${answers[i].toFixed(4)}`));
  print("");
}

if (import.meta.main) {
  try {
    await main(Deno.args);
  } catch (error) {
    console.error(`xor.ts: ${error instanceof Error ? error.message : error}`);
    Deno.exit(1);
  }
}
