/**
 * Learns to read handwritten digits of 8 × 8 pixels with a small convolutional network, and shows those that it has not seen and gets wrong.
 *
 *   deno run --allow-read=examples/data examples/digits_cnn.ts
 *
 * @module
 */
import { compileModel, layers, optimizers, plot, schedules, type Sequential, sequential, tensor } from "retroprop";
import { splitSamples } from "./csv/split_samples.ts";
import { type Digits, readDigits } from "./digits/read_digits.ts";
import { describeFlags, readFlags } from "./flags/read_flags.ts";

const COMMAND = {
  usage:
    "Trains a convolutional network on 1,797 handwritten digits, a fifth of which are held out, and shows its mistakes.\n\n" +
    "  deno run --allow-read=examples/data examples/digits_cnn.ts [flags]",
  flags: {
    epochs: { default: 25, min: 1, isInteger: true, help: "how often it sees all digits" },
    batch: { default: 32, min: 1, isInteger: true, help: "digits in a batch" },
    lr: { default: 0.003, min: 0, help: "learning rate of adam at its start; it falls to 0" },
    test: { default: 0.2, min: 0.01, max: 0.9, help: "share of the digits that is held out" },
    seed: { default: 1, min: 0, isInteger: true, help: "fixes the split and the initial weights" },
    seeds: { default: 1, min: 1, max: 100, isInteger: true, help: "how many splits to try, from --seed on" },
    save: {
      default: "",
      help: "where to write the model of the first seed: a .safetensors file, from which training can go on",
    },
    compile: {
      default: "",
      help: "where to write it for inference alone; the page in examples/digits and edge functions read it",
    },
    quiet: { default: false, help: "print only the accuracies" },
  },
} as const;

const SIDE = 8;
const PIXELS = SIDE * SIDE;

/** What one training gave. */
export interface DigitsResult {
  readonly model: Sequential;
  /** The share of the held-out digits that it reads right. */
  readonly accuracy: number;
  readonly seconds: number;
  /** Held-out digits that it reads wrong: the image, what it is and what it was taken for. */
  readonly mistakes: readonly { readonly image: Uint8Array; readonly truth: number; readonly guess: number }[];
}

/** Three convolutions; 23,000 weights. */
function createModel(seed: number): Sequential {
  const conv = (filters: number) =>
    layers.conv2d({ filters, kernelSize: 3, padding: "same", activation: "relu", kernelInitializer: "heNormal" });
  return sequential([
    layers.rescaling({ scale: 1 / 16, inputShape: [SIDE, SIDE, 1] }),
    conv(16),
    conv(32),
    layers.maxPooling2d({ poolSize: 2 }),
    conv(32),
    layers.flatten(),
    layers.dropout({ rate: 0.5 }),
    layers.dense({ units: 10, activation: "softmax" }),
  ], { name: "digits", seed });
}

/** Trains with one seed, and tests on what was held out. */
export async function trainDigits(
  { images, labels }: Digits,
  options: { readonly epochs: number; readonly batch: number; readonly lr: number; readonly test: number },
  seed: number,
): Promise<DigitsResult> {
  const { held, rest } = splitSamples(Array.from(labels, (_, i) => i), Array.from(labels), {
    share: options.test,
    seed,
  });
  const take = (rows: readonly number[]) => {
    const data = new Uint8Array(rows.length * PIXELS);
    rows.forEach((row, i) => data.set(images.subarray(row * PIXELS, (row + 1) * PIXELS), i * PIXELS));
    return { x: { data, shape: [rows.length, SIDE, SIDE] }, y: Uint8Array.from(rows, (row) => labels[row]) };
  };
  const [training, test] = [take(rest), take(held)];
  const model = createModel(seed);
  const steps = options.epochs * Math.ceil(rest.length / options.batch);
  model.compile({
    optimizer: optimizers.adam({
      learningRate: schedules.cosineDecay({ initialLearningRate: options.lr, decaySteps: steps }),
    }),
    loss: "sparse_categorical_crossentropy",
    metrics: ["accuracy"],
  });
  const startedAt = performance.now();
  await model.fit(training.x, training.y, { epochs: options.epochs, batchSize: options.batch, verbose: 0 });
  const seconds = (performance.now() - startedAt) / 1000;
  const guesses = model.predict(test.x).argMax(-1).data;
  const mistakes = held.flatMap((row, i) => {
    const [truth, guess] = [labels[row], guesses[i]];
    return truth === guess ? [] : [{ image: images.subarray(row * PIXELS, (row + 1) * PIXELS), truth, guess }];
  });
  return { model, seconds, mistakes, accuracy: 1 - mistakes.length / held.length };
}

/** The mistakes as a picture. */
function drawMistakes(mistakes: DigitsResult["mistakes"], color: boolean): string {
  const shown = mistakes.slice(0, 12);
  const pixels = tensor(Uint8Array.from(shown.flatMap(({ image }) => [...image])), [shown.length, SIDE, SIDE, 1]);
  const labels = shown.map(({ truth, guess }) => `${truth}, not ${guess}`);
  return String(plot.images(pixels, { labels, color, columns: color ? 6 : 4, range: [0, 16] }));
}

/** Runs the program. `print` gets what it says. Returns the accuracy of each seed, null after `--help`. */
export async function main(
  args: readonly string[],
  print: (text: string) => void = console.log,
): Promise<number[] | null> {
  const options = readFlags(args, COMMAND);
  if (options === null) {
    print(describeFlags(COMMAND));
    return null;
  }
  const { seed, seeds, quiet, save, compile } = options;
  const digits = await readDigits();
  const accuracies: number[] = [];
  for (let i = 0; i < seeds; i++) {
    const { model, accuracy, seconds, mistakes } = await trainDigits(digits, options, seed + i);
    accuracies.push(accuracy);
    print(
      `seed ${seed + i}: held-out accuracy ${(100 * accuracy).toFixed(2)} %, ${mistakes.length} wrong, ` +
        `${seconds.toFixed(1)} s, ${model.countParams()} weights`,
    );
    if (!quiet && mistakes.length > 0) {
      print(`\n${drawMistakes(mistakes, Deno.stdout.isTerminal() && !Deno.noColor)}\n`);
    }
    if (i === 0 && save !== "") await model.save(save);
    if (i === 0 && compile !== "") await Deno.writeFile(compile, compileModel(model));
  }
  return accuracies;
}

if (import.meta.main) {
  try {
    await main(Deno.args);
  } catch (error) {
    console.error(`digits_cnn.ts: ${error instanceof Error ? error.message : error}`);
    Deno.exit(1);
  }
}
