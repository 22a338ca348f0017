import { loadFileSystem } from "../files/load_file_system.ts";
import { resolveFilePath } from "../files/resolve_file_path.ts";
import { permuteInto } from "../tensor/permute.ts";
import { Tensor } from "../tensor/tensor.ts";
import { ImageReader } from "./image_reader.ts";
import { type ImageFile, listImages } from "./list_images.ts";
import { type FolderSettings, type ImageFolderOptions, readFolderOptions } from "./read_folder_options.ts";
import { ReadingProgress } from "./reading_progress.ts";
import type { Size } from "./resize_pixels.ts";

/** A batch of images with their labels. */
export interface ImageBatch {
  /** [images, height, width, channels], from 0 to 255. */
  readonly x: Tensor;
  /** [images], or for `"binary"` and `"categorical"` [images, 1] and [images, classes]. */
  readonly y: Tensor;
}

/** The order by which images are split has a step that is no epoch. */
const SPLIT = 0xffffffff;

/** What `imageFolder` gives: batches of images, a stream that `fit`, `evaluate` and `predict` take, as often as they want. */
export class ImageFolder implements AsyncIterable<ImageBatch> {
  /** The names of the classes, in the order of their numbers. */
  readonly classNames: readonly string[];
  /** The files, class by class; of a split those that are in this part. */
  readonly filePaths: readonly (string | URL)[];
  /** The number of each file's class. */
  readonly labels: Float32Array;
  /** The shape of an image, [height, width, channels]: what a model's `inputShape` is to be. */
  readonly imageShape: readonly [height: number, width: number, channels: number];
  readonly #files: readonly ImageFile[];
  readonly #settings: FolderSettings;
  readonly #reader: ImageReader;
  #cache: Float32Array | Uint8Array | null = null;
  #epoch = 0;

  /** @ignore */
  constructor(
    files: readonly ImageFile[],
    classNames: readonly string[],
    { height, width }: Size,
    settings: FolderSettings,
    reader: ImageReader,
  ) {
    this.#files = files;
    this.#settings = settings;
    this.#reader = reader;
    this.classNames = Object.freeze([...classNames]);
    this.filePaths = Object.freeze(files.map(({ path }) => path));
    this.labels = Float32Array.from(files, ({ label }) => label);
    this.imageShape = [height, width, settings.channels];
  }

  /** How many images there are. */
  get size(): number {
    return this.#files.length;
  }

  /** How many batches an epoch has. */
  get length(): number {
    return Math.ceil(this.size / this.#settings.batchSize);
  }

  /**
   * Says which epoch is next, an integer from 0: its number fixes the order of the images. `fit` does so. Without, every pass is the epoch after
   * the one before.
   */
  setEpoch(epoch: number): void {
    this.#epoch = epoch;
  }

  /** The batches of an epoch. */
  async *[Symbol.asyncIterator](): AsyncGenerator<ImageBatch, void> {
    const { batchSize, shuffle, seed } = this.#settings;
    const order = Uint32Array.from(this.#files, (_, i) => i);
    const epoch = this.#epoch++;
    if (shuffle) permuteInto(order, seed, epoch);
    const pixels = this.#cache === null ? this.#reader.read(Array.from(order, (i) => this.#files[i])) : null;
    for (let from = 0; from < order.length; from += batchSize) {
      const numbers = order.subarray(from, from + batchSize);
      const x = this.#cache === null ? await this.#take(pixels!, numbers.length) : this.#gather(this.#cache, numbers);
      yield { x: new Tensor(x, [numbers.length, ...this.imageShape]), y: this.#labelsOf(numbers) };
    }
  }

  /**
   * Reads all images and keeps them.
   *
   * @ignore
   */
  async fillCache(): Promise<void> {
    const size = this.#imageSize;
    const { resizing, verbose } = this.#settings;
    // What is not resized is bytes, of which a quarter of the memory is taken.
    const cache = resizing === null ? new Uint8Array(this.size * size) : new Float32Array(this.size * size);
    const progress = verbose === 0 ? null : new ReadingProgress(this.size);
    let done = 0;
    for await (const [, pixels] of this.#reader.read(this.#files)) {
      this.#reader.write(pixels, cache, done++ * size);
      progress?.update(done);
    }
    this.#cache = cache;
  }

  get #imageSize(): number {
    const [height, width, channels] = this.imageShape;
    return height * width * channels;
  }

  async #take(pixels: ReturnType<ImageReader["read"]>, count: number): Promise<Float32Array> {
    const size = this.#imageSize;
    const x = new Float32Array(count * size);
    for (let i = 0; i < count; i++) {
      const { value } = await pixels.next();
      this.#reader.write(value![1], x, i * size);
    }
    return x;
  }

  #gather(cache: Float32Array | Uint8Array, numbers: Uint32Array): Float32Array {
    const size = this.#imageSize;
    const x = new Float32Array(numbers.length * size);
    numbers.forEach((number, i) => x.set(cache.subarray(number * size, (number + 1) * size), i * size));
    return x;
  }

  #labelsOf(numbers: Uint32Array): Tensor {
    const { labelMode } = this.#settings;
    const labels = Float32Array.from(numbers, (number) => this.labels[number]);
    if (labelMode === "int") return new Tensor(labels, [labels.length]);
    if (labelMode === "binary") return new Tensor(labels, [labels.length, 1]);
    const classes = this.classNames.length;
    const rows = new Float32Array(labels.length * classes);
    labels.forEach((label, i) => rows[i * classes + label] = 1);
    return new Tensor(rows, [labels.length, classes]);
  }
}

/**
 * The images of a folder that has a folder for each class, as a stream of batches for `fit`: Keras's `image_dataset_from_directory`.
 *
 * Classes are numbered in the order of their folders' names. Files that end in .png, .jpg or .jpeg are images, as `readImage` reads them;
 * others are passed over, and so are folders within class folders. Images are read in every epoch, or once with `cache`, when they are listed.
 *
 * The order of an epoch is a function of `seed` and the epoch's number: the same for the same seed, also where a fit goes on at an epoch.
 * A split is a function of `seed` alone: the last ⌊images · validationSplit⌋ images of an order drawn by it are for validation, whether or
 * not `shuffle` is set, so that both parts fit together. In Keras they do only if it is set alike.
 *
 * ```ts ignore
 * import { layers, sequential } from "retroprop";
 * import { imageFolder } from "retroprop/image";
 *
 * const common = { imageSize: [64, 64], validationSplit: 0.2, seed: 1 } as const;
 * const training = await imageFolder("flowers", { ...common, subset: "training" });
 * const validation = await imageFolder("flowers", { ...common, subset: "validation", shuffle: false, cache: true });
 * const model = sequential([
 *   layers.rescaling({ scale: 1 / 255, inputShape: [...training.imageShape] }),
 *   layers.flatten(),
 *   layers.dense({ units: training.classNames.length, activation: "softmax" }),
 * ]);
 * model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
 * await model.fit(training, { epochs: 5, validationData: validation });
 * ```
 *
 * Deno asks for `--allow-read` of the folder. There are no folders in browsers.
 *
 * @param path The folder, or its `file:` URL.
 * @param options Sizes, labels, order, split.
 * @returns The stream, with the names of the classes and the shape of the images.
 * @throws {TypeError | RangeError} If an option is unknown or out of range, or images have several sizes and `imageSize` is not set.
 * @throws {FileFormatError} If an image is damaged; here, or where its batch is read. The file is named.
 * @throws {Error} If the folder has no class folders, one without images, or something cannot be read.
 */
export async function imageFolder(path: string | URL, options: ImageFolderOptions = {}): Promise<ImageFolder> {
  const what = "read images";
  const settings = readFolderOptions(what, options);
  const task = `Cannot ${what}`;
  const source = resolveFilePath(path, task);
  const system = await loadFileSystem(task, { instead: "read single images with readImage" });
  const { classNames, files } = await listImages(source, settings.classNames, system, task);
  if (settings.labelMode === "binary" && classNames.length !== 2) {
    throw new RangeError(`${task}: labelMode "binary" needs two classes, got ${classNames.length}`);
  }
  const part = splitFiles(files, settings, task);
  const reader = new ImageReader(settings, system);
  const folder = new ImageFolder(part, classNames, await reader.findSize(files[0]), settings, reader);
  if (settings.cache) await folder.fillCache();
  return folder;
}

/** The files of a part of a split, in the order that they had. */
function splitFiles(files: readonly ImageFile[], { split, subset, seed }: FolderSettings, task: string) {
  if (split === null) return files;
  const order = new Uint32Array(files.length);
  permuteInto(order, seed, SPLIT);
  const kept = files.length - Math.floor(files.length * split);
  if (kept === files.length || kept === 0) {
    throw new RangeError(
      `${task}: validationSplit ${split} of ${files.length} images leaves ${kept} to train on and ${
        files.length - kept
      } ` +
        "to validate with; both must be at least 1",
    );
  }
  const part = subset === "training" ? order.subarray(0, kept) : order.subarray(kept);
  return Array.from(part.sort(), (number) => files[number]);
}
