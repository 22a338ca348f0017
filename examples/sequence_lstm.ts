/**
 * The adding problem: what is read at the beginning of 50 steps must be kept to the end. Shows whether a recurrent layer learns it, and how far
 * back the gradient of the loss reaches, before and after training.
 * Needs no permission: `deno run examples/sequence_lstm.ts --cell=lstm`; `--help` lists the flags.
 *
 * @module
 */
import { input, type LayerOutput, layers, model, optimizers, plot } from "retroprop";
import { drawSums } from "./adding/draw_sums.ts";
import { type Cell, measureGradients } from "./adding/measure_gradients.ts";
import { describeFlags, type FlagValues, readFlags } from "./flags/read_flags.ts";
import { createRandom } from "./random/create_random.ts";

const COMMAND = {
  usage:
    "Trains a recurrent layer to add the two marked numbers of a sequence, and shows how far back the gradient reaches.\n\n" +
    "  deno run examples/sequence_lstm.ts [flags]",
  flags: {
    cell: { default: "lstm", help: "simpleRNN, lstm or gru" },
    length: { default: 50, min: 2, max: 1000, isInteger: true, help: "steps of a sequence" },
    units: { default: 32, min: 1, isInteger: true, help: "units of the recurrent layer" },
    steps: { default: 3000, min: 1, isInteger: true, help: "the most training steps; each sees new sequences" },
    batch: { default: 32, min: 1, isInteger: true, help: "sequences in a step" },
    lr: { default: 0.01, min: 0, help: "learning rate of adam" },
    seed: { default: 1, min: 0, isInteger: true, help: "fixes the sequences and the initial weights" },
    seeds: { default: 1, min: 1, max: 100, isInteger: true, help: "how many seeds to try, from --seed on" },
    quiet: { default: false, help: "print only the errors" },
  },
} as const;

/** The settings of a run. */
export type AddingOptions = FlagValues<typeof COMMAND.flags>;

const CELLS = {
  simpleRNN: layers.simpleRNN,
  lstm: layers.lstm,
  gru: layers.gru,
} as const;

/** Sequences to test with, and those of them whose gradients are looked at. */
const [TESTS, MEASURED] = [1000, 20];
/** The mean squared error of who always guesses 1, and the one that counts as learnt. */
const [GUESS, SOLVED] = [1 / 6, 0.01];
/** Losses of so many steps are one point of the curve; training ends where one is below a fifth of what counts as learnt. */
const SMOOTHED = 50;

/** What one training gave. */
export interface AddingResult {
  /** The mean squared error on sequences that it has not seen. */
  readonly error: number;
  /** The loss, the mean of 50 steps each. */
  readonly losses: readonly number[];
  readonly steps: number;
  /** ‖∂loss/∂h‖ at every step of the sequence, before training and after it. */
  readonly norms: { readonly before: readonly number[]; readonly after: readonly number[] };
  readonly seconds: number;
}

/** The layers by the name of the cell. */
function createCell(name: string, units: number): Cell {
  if (!Object.hasOwn(CELLS, name)) {
    throw new Error(`--cell must be one of ${Object.keys(CELLS).join(", ")}, got ${name}`);
  }
  const create = CELLS[name as keyof typeof CELLS];
  return {
    recurrent: create({ units, returnState: true, name: "recurrent" }),
    head: layers.dense({ units: 1, name: "sum" }),
  };
}

/** Trains with one seed, and tests with sequences that it has not seen. */
export async function trainAdding(options: AddingOptions, seed: number): Promise<AddingResult> {
  const { length, units, steps, batch, lr } = options;
  const cell = createCell(options.cell, units);
  const sequence = input({ shape: [null, 2] }); // so that the layers take single steps as well
  const [last] = cell.recurrent.apply<readonly LayerOutput[]>(sequence);
  const adder = model({ inputs: sequence, outputs: cell.head.apply(last) }, { name: "adder", seed });
  adder.compile({ optimizer: optimizers.adam({ learningRate: lr, globalClipnorm: 1 }), loss: "mean_squared_error" });
  const random = createRandom(seed);
  function* batches() {
    while (true) yield drawSums(batch, length, random);
  }
  const test = drawSums(TESTS, length, createRandom(seed + 1_000_000));
  const measured = {
    x: { data: test.x.data.subarray(0, MEASURED * length * 2), shape: [MEASURED, length, 2] },
    y: test.y,
  };
  const before = measureGradients(cell, measured);
  const startedAt = performance.now();
  const epochs = Math.ceil(steps / SMOOTHED);
  const stepsPerEpoch = Math.ceil(steps / epochs);
  const { history } = await adder.fit({ [Symbol.iterator]: batches }, {
    epochs,
    stepsPerEpoch,
    callbacks: [{
      onEpochEnd(_, { loss }) {
        if (loss < SOLVED / 5) adder.stopTraining = true;
      },
    }],
    verbose: 0,
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const { loss: error } = adder.evaluate(test.x, test.y);
  const norms = { before, after: measureGradients(cell, measured) };
  return { error, losses: history.loss, steps: history.loss.length * stepsPerEpoch, norms, seconds };
}

/** Runs the program. `print` gets what it says. Returns the error of each seed, null after `--help`. */
export async function main(
  args: readonly string[],
  print: (text: string) => void = console.log,
): Promise<number[] | null> {
  const options = readFlags(args, COMMAND);
  if (options === null) {
    print(describeFlags(COMMAND));
    return null;
  }
  const { cell, length, seed, seeds, quiet } = options;
  const color = Deno.stdout.isTerminal() && !Deno.noColor;
  const errors: number[] = [];
  for (let i = 0; i < seeds; i++) {
    const { error, losses, steps, norms, seconds } = await trainAdding(options, seed + i);
    errors.push(error);
    if (i === 0 && !quiet) {
      print(`${plot.lossCurve([...losses], { title: `mean squared error, each point ${SMOOTHED} steps`, color })}\n`);
      const title = `norm of ∂loss/∂h at each step of the sequence (logarithmic)`;
      print(`${plot.lossCurve(norms, { title, color, log: true })}\n`);
      for (const [when, list] of Object.entries(norms)) {
        print(`${when} training: ${describeReach(list)}`);
      }
    }
    print(
      `seed ${seed + i}: ${cell}, mean squared error ${error.toFixed(5)} after ${steps} steps, ${seconds.toFixed(1)} s`,
    );
  }
  const solved = errors.filter((error) => error < SOLVED).length;
  print(
    `${cell}, length ${length}: below ${SOLVED} in ${solved} of ${seeds} seeds (the constant guess gives ${
      GUESS.toFixed(3)
    })`,
  );
  return errors;
}

/** What is left of the gradient at the first step. */
function describeReach(norms: readonly number[]): string {
  const [first, last] = [norms[0], norms[norms.length - 1]];
  return `${first.toExponential(1)} at the first step, ${last.toExponential(1)} at the last, ratio ${
    (first / last).toExponential(1)
  }`;
}

if (import.meta.main) {
  try {
    await main(Deno.args);
  } catch (error) {
    console.error(`sequence_lstm.ts: ${error instanceof Error ? error.message : error}`);
    Deno.exit(1);
  }
}
