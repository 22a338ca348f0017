/**
 * A small transformer learns to reverse sequences of 12 letters, and shows what it attends to: step by step the letter at the other end.
 * Needs no permission: `deno run examples/attention_reverse.ts`; `--help` lists the flags.
 *
 * @module
 */
import { input, type LayerOutput, layers, model, optimizers, plot, schedules, type Tensor, tensor } from "retroprop";
import { describeFlags, type FlagValues, readFlags } from "./flags/read_flags.ts";
import { createRandom } from "./random/create_random.ts";

const COMMAND = {
  usage: "Trains an encoder with attention to reverse 12 random letters, and shows the attention of every head.\n\n" +
    "  deno run examples/attention_reverse.ts [flags]",
  flags: {
    steps: { default: 1000, min: 1, isInteger: true, help: "training steps; each sees new letters" },
    batch: { default: 32, min: 1, isInteger: true, help: "sequences in a step" },
    lr: { default: 0.003, min: 0, help: "learning rate of adam at its start; it falls to 0" },
    width: { default: 32, min: 4, isInteger: true, help: "numbers that stand for a letter" },
    heads: { default: 4, min: 1, max: 8, isInteger: true, help: "heads of the attention" },
    seed: { default: 1, min: 0, isInteger: true, help: "fixes the letters and the initial weights" },
    seeds: { default: 1, min: 1, max: 100, isInteger: true, help: "how many seeds to try, from --seed on" },
    quiet: { default: false, help: "print only the accuracies" },
  },
} as const;

/** The settings of a run. */
export type ReverseOptions = FlagValues<typeof COMMAND.flags>;

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const LENGTH = 12;
/** Sequences to test with. */
const TESTS = 1000;
/** The share of the letters that counts as learnt. */
const SOLVED = 0.99;

/** What one training gave. */
export interface ReverseResult {
  /** The share of the letters that are right, of sequences that it has not seen. */
  readonly letters: number;
  /** The share of the sequences that are right from end to end. */
  readonly sequences: number;
  /** How much each step (row) attends to each (column): [heads, 12, 12], the mean over the sequences of the test. */
  readonly attention: Tensor;
  /** What it makes of some sequences. */
  readonly samples: readonly { readonly given: string; readonly answer: string }[];
  readonly weights: number;
  readonly seconds: number;
}

/** Random letters as numbers, and the same from behind. */
function drawSequences(count: number, random: () => number): { x: Tensor; y: Tensor } {
  const x = Float32Array.from({ length: count * LENGTH }, () => Math.floor(random() * LETTERS.length));
  const y = x.map((_, i) => x[i - i % LENGTH + LENGTH - 1 - i % LENGTH]);
  return { x: tensor(x, [count, LENGTH]), y: tensor(y, [count, LENGTH]) };
}

/** The encoder, and a model over the same layers that gives the attention of its heads instead. */
function createModels({ width, heads }: ReverseOptions, seed: number) {
  const letters = input({ shape: [LENGTH], name: "letters" });
  const embedded = layers.embedding({ inputDim: LETTERS.length, outputDim: width }).apply(letters);
  // Attention itself does not know where a step stands.
  const placed = layers.positionalEmbedding({ sequenceLength: LENGTH }).apply(embedded);
  const block = layers.transformerEncoder({ intermediateDim: 2 * width, numHeads: heads });
  const [encoded, scores] = block.apply<readonly LayerOutput[]>(placed, { returnAttentionScores: true });
  const reversed = layers.dense({ units: LETTERS.length, activation: "softmax", name: "reversed" }).apply(encoded);
  return {
    encoder: model({ inputs: letters, outputs: reversed }, { name: "reverse", seed }),
    attention: model({ inputs: letters, outputs: scores }, { name: "attention" }),
  };
}

/** Trains with one seed, and tests with sequences that it has not seen. */
export async function trainReverse(options: ReverseOptions, seed: number): Promise<ReverseResult> {
  const { steps, batch, lr } = options;
  const { encoder, attention } = createModels(options, seed);
  encoder.compile({
    optimizer: optimizers.adam({
      learningRate: schedules.cosineDecay({ initialLearningRate: lr, decaySteps: steps }),
    }),
    loss: "sparse_categorical_crossentropy",
    metrics: ["accuracy"],
  });
  const random = createRandom(seed);
  function* batches() {
    while (true) yield drawSequences(batch, random);
  }
  const startedAt = performance.now();
  await encoder.fit({ [Symbol.iterator]: batches }, { epochs: 1, stepsPerEpoch: steps, verbose: 0 });
  const seconds = (performance.now() - startedAt) / 1000;
  const test = drawSequences(TESTS, createRandom(seed + 1_000_000));
  const answers = encoder.predict(test.x).argMax(-1).data;
  const isRight = Array.from(answers, (answer, i) => answer === test.y.data[i]);
  const rows = Array.from({ length: TESTS }, (_, row) => isRight.slice(row * LENGTH, (row + 1) * LENGTH));
  const spell = (numbers: ArrayLike<number>, row: number): string =>
    Array.from({ length: LENGTH }, (_, i) => LETTERS[numbers[row * LENGTH + i]]).join("");
  return {
    letters: isRight.filter(Boolean).length / isRight.length,
    sequences: rows.filter((row) => row.every(Boolean)).length / TESTS,
    attention: meanOf(attention.predict(test.x)),
    samples: [0, 1, 2].map((row) => ({ given: spell(test.x.data, row), answer: spell(answers, row) })),
    weights: encoder.countParams(),
    seconds,
  };
}

/** The mean over the first axis. */
function meanOf({ data, shape: [count, ...shape] }: Tensor): Tensor {
  const size = data.length / count;
  const mean = Float32Array.from({ length: size }, (_, i) => {
    let sum = 0;
    for (let row = 0; row < count; row++) sum += data[row * size + i];
    return sum / count;
  });
  return tensor(mean, shape);
}

/** Runs the program. `print` gets what it says. Returns the share of right letters of each seed, null after `--help`. */
export async function main(
  args: readonly string[],
  print: (text: string) => void = console.log,
): Promise<number[] | null> {
  const options = readFlags(args, COMMAND);
  if (options === null) {
    print(describeFlags(COMMAND));
    return null;
  }
  const { seed, seeds, heads, width, quiet } = options;
  if (heads > width) throw new Error(`--heads must be at most --width, ${width}, got ${heads}`);
  const color = Deno.stdout.isTerminal() && !Deno.noColor;
  const shares: number[] = [];
  for (let i = 0; i < seeds; i++) {
    const { letters, sequences, attention, samples, weights, seconds } = await trainReverse(options, seed + i);
    shares.push(letters);
    if (i === 0 && !quiet) {
      for (const { given, answer } of samples) print(`${given} → ${answer}`);
      print("\nwhat a step (row) attends to (column), the mean over the test:\n");
      const labels = Array.from({ length: heads }, (_, head) => `head ${head + 1}`);
      print(`${plot.images(attention, { labels, color, columns: heads, range: [0, 1] })}\n`);
    }
    print(
      `seed ${seed + i}: ${percent(letters)} of the letters right, ${percent(sequences)} of ${TESTS} sequences, ` +
        `${weights} weights, ${seconds.toFixed(1)} s`,
    );
  }
  const solved = shares.filter((share) => share >= SOLVED).length;
  print(`${100 * SOLVED} % of the letters or more in ${solved} of ${seeds} ${seeds === 1 ? "seed" : "seeds"}`);
  return shares;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

if (import.meta.main) {
  try {
    await main(Deno.args);
  } catch (error) {
    console.error(`attention_reverse.ts: ${error instanceof Error ? error.message : error}`);
    Deno.exit(1);
  }
}
