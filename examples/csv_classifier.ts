/**
 * Learns to tell classes apart from a CSV file of your own, and says how well that works on samples it has not seen.
 *
 *   deno run --allow-read=FILE.csv examples/csv_classifier.ts FILE.csv --target=COLUMN
 *
 * @module
 */
import { callbacks, layers, metrics, optimizers, plot, regularizers, type Sequential, sequential } from "retroprop";
import { encodeTable, type Feature, keepVarying, type Samples } from "./csv/encode_table.ts";
import { readTable } from "./csv/read_table.ts";
import { splitSamples } from "./csv/split_samples.ts";
import { describeFlags, type FlagValues, readFlags } from "./flags/read_flags.ts";

const COMMAND = {
  usage:
    "Trains a classifier on a CSV file: the first line names the columns, all columns but the target are features.\n" +
    "Text columns become one 0/1 feature per text, at most 50 texts a column.\n\n" +
    "  deno run --allow-read=FILE.csv examples/csv_classifier.ts FILE.csv --target=COLUMN [flags]",
  files: 1,
  flags: {
    target: { default: "", help: "the column to predict" },
    drop: { default: "", help: "columns to leave out, separated by commas" },
    separator: { default: ",", help: "what separates cells, or tab" },
    hidden: { default: 16, min: 1, isInteger: true, help: "neurons in the hidden layer" },
    epochs: { default: 200, min: 1, isInteger: true, help: "the most epochs; training stops early" },
    lr: { default: 0.01, min: 0, help: "learning rate of adam" },
    l2: { default: 0.003, min: 0, help: "penalty on large weights" },
    test: { default: 0.25, min: 0.01, max: 0.9, help: "share of the samples that is held out for the test" },
    seed: { default: 1, min: 0, isInteger: true, help: "fixes the split and the initial weights" },
    seeds: { default: 5, min: 1, max: 1000, isInteger: true, help: "how many splits to try, from --seed on" },
    save: { default: "", help: "where to write the model of the first seed, a .safetensors file" },
    quiet: { default: false, help: "print only the mean accuracy" },
  },
} as const;

/** The settings of a run. */
export type ClassifierOptions = FlagValues<typeof COMMAND.flags>;

/** What one training gave. */
export interface ClassifierResult {
  /** The trained model. */
  model: Sequential;
  /** What the model takes. */
  features: readonly Feature[];
  /** Epochs trained before training stopped. */
  epochs: number;
  /** The share of the held-out samples that was recognised. */
  accuracy: number;
  /** The mean of the classes' F1 scores on the held-out samples. */
  f1: number;
  /** The loss on the held-out samples. */
  loss: number;
  /** How often each class (row) was taken for each (column). */
  confusion: number[][];
}

/** Splits, scales, trains and tests with one seed. A fifth of the training samples decides when to stop. */
export async function trainClassifier(
  all: Samples,
  options: Pick<ClassifierOptions, "hidden" | "epochs" | "lr" | "l2" | "test">,
  seed: number,
): Promise<ClassifierResult> {
  const { held, rest } = splitSamples(all.y.map((_, i) => i), all.y, { share: options.test, seed });
  const { held: watched, rest: trained } = splitSamples(rest, all.y, { share: 0.2, seed });
  if (held.length === 0 || watched.length === 0) {
    throw new Error("some class must have three samples or more: for training, for stopping and for the test");
  }
  const { x, y, features, labels } = keepVarying(all, trained);
  const take = (rows: readonly number[]): [number[][], number[]] => [rows.map((i) => x[i]), rows.map((i) => y[i])];
  const scale = layers.normalization({ inputShape: [features.length] });
  scale.adapt(take(trained)[0]);
  const kernelRegularizer = regularizers.l2({ l2: options.l2 });
  const model = sequential([
    scale,
    layers.dense({ units: options.hidden, activation: "relu", kernelRegularizer }),
    layers.dense({ units: labels.length, activation: "softmax", kernelRegularizer }),
  ], { seed });
  model.compile({
    optimizer: optimizers.adam({ learningRate: options.lr }),
    loss: "sparse_categorical_crossentropy",
    metrics: ["accuracy", metrics.f1Score({ average: "macro" }), metrics.confusionMatrix()],
  });
  const { epoch } = await model.fit(...take(trained), {
    epochs: options.epochs,
    verbose: 0,
    validationData: take(watched),
    callbacks: [callbacks.earlyStopping({ patience: 20, restoreBestWeights: true })],
  });
  const logs = model.evaluate(...take(held));
  return {
    model,
    features,
    epochs: epoch.length,
    accuracy: logs.accuracy as number,
    f1: logs.f1_score as number,
    loss: logs.loss,
    confusion: logs.confusion_matrix as number[][],
  };
}

/** Runs the program. `print` gets what it says. Returns the mean accuracy, null after `--help`. */
export async function main(
  args: readonly string[],
  print: (text: string) => void = console.log,
): Promise<number | null> {
  const options = readFlags(args, COMMAND);
  if (options === null) {
    print(describeFlags(COMMAND));
    return null;
  }
  const { seed, seeds, target, quiet } = options;
  const separator = options.separator === "tab" ? "\t" : options.separator;
  if (separator.length !== 1) throw new Error(`--separator must be one character or tab, got ${options.separator}`);
  const table = readTable(await readFile(options.files[0]), separator);
  if (target === "") {
    throw new Error(`--target must name the column to predict; columns are: ${table.columns.join(", ")}`);
  }
  const samples = encodeTable(
    table,
    target,
    options.drop.split(",").map((name) => name.trim()).filter((name) => name !== ""),
  );
  const { x, features, labels } = samples;
  if (!quiet) print(`${x.length} samples, ${features.length} features, ${labels.length} classes of ${target}\n`);
  const results: ClassifierResult[] = [];
  for (let i = 0; i < seeds; i++) {
    const result = await trainClassifier(samples, options, seed + i);
    results.push(result);
    if (quiet) continue;
    print(
      `seed ${seed + i}: ${result.epochs} epochs, held-out accuracy ${percent(result.accuracy)}, ` +
        `F1 ${result.f1.toFixed(3)}, loss ${result.loss.toFixed(4)}`,
    );
  }
  const accuracy = results.reduce((sum, result) => sum + result.accuracy, 0) / seeds;
  if (!quiet) {
    const confusion = labels.map((_, i) =>
      labels.map((_, j) => results.reduce((sum, r) => sum + r.confusion[i][j], 0))
    );
    print(`\n${plot.confusionMatrix(confusion, labels, { color: Deno.stdout.isTerminal() && !Deno.noColor })}\n`);
  }
  print(`mean held-out accuracy ${percent(accuracy)} over ${seeds} ${seeds === 1 ? "seed" : "seeds"}`);
  if (options.save !== "") {
    await save(options.save, results[0], labels);
    if (!quiet) print(`saved ${options.save} and ${options.save}.json (features and labels)`);
  }
  return accuracy;
}

/** Writes the model, and beside it what its inputs and outputs mean. */
async function save(path: string, { model, features }: ClassifierResult, labels: readonly string[]): Promise<void> {
  await model.save(path);
  await Deno.writeTextFile(`${path}.json`, `${JSON.stringify({ features, labels }, null, 2)}\n`);
}

async function readFile(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) throw new Error(`there is no file ${path}`, { cause });
    if (cause instanceof Deno.errors.NotCapable) {
      throw new Error(`reading ${path} is not allowed: run with --allow-read=${path}`, { cause });
    }
    throw new Error(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

if (import.meta.main) {
  try {
    await main(Deno.args);
  } catch (error) {
    console.error(`csv_classifier.ts: ${error instanceof Error ? error.message : error}`);
    Deno.exit(1);
  }
}
