/**
 * Learns to tell ten kinds of clothes apart: Fashion-MNIST, 70,000 images of 28 × 28 pixels, with a convolutional network.
 *
 *   deno run --allow-read=FOLDER examples/fashion_cnn.ts FOLDER
 *
 * @module
 */
import { layers, metrics, optimizers, plot, readIdx, schedules, type Sequential, sequential } from "retroprop";
import { describeFlags, readFlags } from "./flags/read_flags.ts";

const COMMAND = {
  usage:
    "Trains a convolutional network on Fashion-MNIST, and tests it on the 10,000 images that are for that. FOLDER has the four IDX files,\n" +
    "packed or not: Debian's package dataset-fashion-mnist puts them into /usr/share/datasets/fashion-mnist.\n\n" +
    "  deno run --allow-read=FOLDER examples/fashion_cnn.ts FOLDER [flags]",
  files: 1,
  flags: {
    epochs: { default: 8, min: 1, isInteger: true, help: "how often it sees all images" },
    batch: { default: 64, min: 1, isInteger: true, help: "images in a batch" },
    lr: { default: 0.004, min: 0, help: "the highest learning rate of adam" },
    limit: {
      default: 60_000,
      min: 10,
      isInteger: true,
      help: "train on the first so many images, test on a sixth of as many",
    },
    seed: { default: 1, min: 0, isInteger: true, help: "fixes the initial weights, the order and what is moved" },
    save: { default: "", help: "where to write the model, a .safetensors file" },
    quiet: { default: false, help: "print only the accuracy" },
  },
} as const;

const NAMES = ["T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot"];
const SIDE = 28;

/** Images and what they show. */
interface Clothes {
  /** [images, 28, 28], from 0 to 255. */
  readonly x: { readonly data: Uint8Array; readonly shape: readonly number[] };
  readonly y: Uint8Array;
}

/** Reads the first images of a part of the data, `train` or `t10k`. */
async function readClothes(folder: string, part: string, most: number): Promise<Clothes> {
  const [images, labels] = await Promise.all(["images-idx3", "labels-idx1"].map(async (kind) => {
    const bytes = await readEither(`${folder}/${part}-${kind}-ubyte`);
    return await readIdx(bytes);
  }));
  const [count, height, width] = images.shape;
  if (height !== SIDE || width !== SIDE || labels.shape[0] !== count || !(images.data instanceof Uint8Array)) {
    throw new Error(`${folder} must have images of ${SIDE} × ${SIDE} bytes and as many labels, got [${images.shape}]`);
  }
  const kept = Math.min(most, count);
  return {
    x: { data: images.data.subarray(0, kept * SIDE * SIDE), shape: [kept, SIDE, SIDE] },
    y: (labels.data as Uint8Array).subarray(0, kept),
  };
}

/** The bytes of a file, packed or not. */
async function readEither(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(`${path}.gz`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    throw new Error(`there is neither ${path}.gz nor ${path}`, { cause });
  }
}

function createModel(seed: number): Sequential {
  const conv = (filters: number) =>
    layers.conv2d({ filters, kernelSize: 3, activation: "relu", kernelInitializer: "heNormal" });
  return sequential([
    layers.rescaling({ scale: 1 / 255, inputShape: [SIDE, SIDE, 1] }),
    layers.randomFlip({ mode: "horizontal" }), // clothes have no left and right
    conv(16),
    layers.maxPooling2d({ poolSize: 2 }),
    conv(32),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.flatten(),
    layers.dropout({ rate: 0.25 }),
    layers.dense({ units: 64, activation: "relu", kernelInitializer: "heNormal" }),
    layers.dense({ units: NAMES.length, activation: "softmax" }),
  ], { name: "fashion", seed });
}

/** Runs the program. `print` gets what it says. Returns the accuracy on the test images, null after `--help`. */
export async function main(
  args: readonly string[],
  print: (text: string) => void = console.log,
): Promise<number | null> {
  const options = readFlags(args, COMMAND);
  if (options === null) {
    print(describeFlags(COMMAND));
    return null;
  }
  const { epochs, batch, lr, limit, quiet, save, files: [folder] } = options;
  const training = await readClothes(folder, "train", limit);
  const test = await readClothes(folder, "t10k", Math.max(1, Math.round(limit / 6)));
  const model = createModel(options.seed);
  const steps = epochs * Math.ceil(training.y.length / batch);
  model.compile({
    optimizer: optimizers.adam({ learningRate: schedules.oneCycle({ maxLearningRate: lr, totalSteps: steps }) }),
    loss: "sparse_categorical_crossentropy",
    metrics: ["accuracy", metrics.confusionMatrix()],
  });
  if (!quiet) print(`${training.y.length} images, ${model.countParams()} weights`);
  const startedAt = performance.now();
  await model.fit(training.x, training.y, { epochs, batchSize: batch, verbose: quiet ? 0 : 1 });
  const seconds = (performance.now() - startedAt) / 1000;
  const logs = model.evaluate(test.x, test.y, { batchSize: 256 });
  const accuracy = logs.accuracy as number;
  const color = Deno.stdout.isTerminal() && !Deno.noColor;
  if (!quiet) print(`\n${plot.confusionMatrix(logs.confusion_matrix as number[][], NAMES, { color })}\n`);
  print(
    `test accuracy ${(100 * accuracy).toFixed(2)} % of ${test.y.length} images, loss ${logs.loss.toFixed(4)}, ` +
      `${epochs} epochs in ${seconds.toFixed(0)} s`,
  );
  if (save !== "") await model.save(save);
  return accuracy;
}

if (import.meta.main) {
  try {
    await main(Deno.args);
  } catch (error) {
    console.error(`fashion_cnn.ts: ${error instanceof Error ? error.message : error}`);
    Deno.exit(1);
  }
}
