import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkString } from "../errors/check_string.ts";
import { describeValue } from "../errors/describe_value.ts";
import { refuseOptions } from "../errors/refuse_options.ts";
import { permuteInto } from "../tensor/permute.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { SampleWeight } from "./data_input.ts";
import { fillSequences } from "./fill_sequences.ts";
import { type ReadSequences, readSequences, type Sequences } from "./read_sequences.ts";

/** Options of `bucketByLength`. */
export interface BucketByLengthOptions {
  /** How many sequences a batch has at most. Default 32. */
  batchSize?: number;
  /**
   * The lengths of the buckets, ascending: a sequence goes into the first one that is as long, and is padded to its length. Default: sequences of
   * equal length are together, and none is padded.
   */
  boundaries?: readonly number[];
  /** With boundaries, where padding stands. Default `"pre"`, as for `padSequences`. */
  padding?: "pre" | "post";
  /** With boundaries, what x is padded with. Default 0. */
  value?: number;
  /** Whether y has a label for each step of its sequence, which are as many. Default false: all labels have one shape. */
  perStep?: boolean;
  /** With boundaries and `perStep`, what labels are padded with. Default 0. */
  labelValue?: number;
  /** One weight a sequence. */
  sampleWeight?: SampleWeight;
  /** Whether every epoch has an order of its own, of the sequences in their buckets and of the batches. Default true. */
  shuffle?: boolean;
  /** Fixes the orders. Default 0. */
  seed?: number;
}

/** A batch of sequences of one length. */
export interface SequenceBatch {
  /** [sequences, steps, …] */
  readonly x: Tensor;
  /** Their labels. */
  readonly y: Tensor;
  /** Their weights, where there are some. */
  readonly sampleWeight?: Float32Array;
  /** Which of all sequences they are. */
  readonly indices: Uint32Array;
}

/** Sequences of different lengths in batches of one length each: a stream for `fit`, `evaluate` and `predict`. */
export class BucketedSequences {
  readonly #x: ReadSequences;
  readonly #y: ReadSequences | Float32Array;
  readonly #weights: Float32Array | null;
  readonly #settings: Settings;
  /** The numbers of the sequences in each bucket, by its length; ascending. */
  readonly #buckets: readonly (readonly [length: number, numbers: Uint32Array])[];
  #epoch = 0;

  /** @ignore */
  constructor(x: ReadSequences, y: ReadSequences | Float32Array, weights: Float32Array | null, settings: Settings) {
    this.#x = x;
    this.#y = y;
    this.#weights = weights;
    this.#settings = settings;
    const buckets = new Map<number, number[]>();
    x.lengths.forEach((length, i) => {
      const bucket = settings.boundaries?.find((boundary) => length <= boundary) ?? length;
      const known = buckets.get(bucket);
      if (known === undefined) buckets.set(bucket, [i]);
      else known.push(i);
    });
    this.#buckets = [...buckets].sort(([a], [b]) => a - b).map((
      [length, numbers],
    ) => [length, Uint32Array.from(numbers)]);
  }

  /** How many sequences there are. */
  get size(): number {
    return this.#x.lengths.length;
  }

  /** How many batches an epoch has. */
  get length(): number {
    const { batchSize } = this.#settings;
    return this.#buckets.reduce((sum, [, numbers]) => sum + Math.ceil(numbers.length / batchSize), 0);
  }

  /**
   * Says which epoch is next, an integer from 0: its number fixes the order. `fit` does so. Without, every pass is the epoch after the one before.
   */
  setEpoch(epoch: number): void {
    this.#epoch = epoch;
  }

  /** The batches of an epoch. */
  *[Symbol.iterator](): Generator<SequenceBatch, void> {
    const { batchSize, shuffle, seed } = this.#settings;
    const epoch = this.#epoch++;
    const order = new Uint32Array(this.size);
    if (shuffle) permuteInto(order, seed, epoch);
    /** Where each sequence stands in the order of the epoch. */
    const places = new Uint32Array(this.size);
    order.forEach((number, place) => places[number] = place);
    const batches = this.#buckets.flatMap(([length, all]) => {
      const numbers = shuffle ? all.toSorted((a, b) => places[a] - places[b]) : all;
      return Array.from(
        { length: Math.ceil(numbers.length / batchSize) },
        (_, i) => ({ length, numbers: numbers.subarray(i * batchSize, (i + 1) * batchSize) }),
      );
    });
    // Where its first sequence stands in the order of all is as random as an order of the batches of its own.
    if (shuffle) batches.sort((a, b) => places[a.numbers[0]] - places[b.numbers[0]]);
    for (const { length, numbers } of batches) yield this.#fill(length, numbers);
  }

  #fill(length: number, numbers: Uint32Array): SequenceBatch {
    const { padding, value, labelValue } = this.#settings;
    const y = this.#y;
    const weights = this.#weights;
    const pad = (sequences: ReadSequences, to: number, value: number): Tensor => {
      const data = fillSequences(sequences, numbers, to, { padding, truncating: "post", value });
      return new Tensor(data, [numbers.length, to, ...sequences.step]);
    };
    const labels = y instanceof Float32Array
      ? new Tensor(Float32Array.from(numbers, (number) => y[number]), [numbers.length])
      : pad(y, this.#settings.perStep ? length : y.lengths[0], labelValue);
    return {
      x: pad(this.#x, length, value),
      y: labels,
      ...(weights === null ? {} : { sampleWeight: Float32Array.from(numbers, (number) => weights[number]) }),
      indices: numbers.slice(),
    };
  }
}

interface Settings {
  readonly batchSize: number;
  readonly boundaries: readonly number[] | null;
  readonly padding: "pre" | "post";
  readonly value: number;
  readonly labelValue: number;
  readonly shuffle: boolean;
  readonly seed: number;
  readonly perStep: boolean;
}

/**
 * Puts sequences of different lengths into batches of one length each, for models with an axis of unknown length. The result is a stream:
 * `model.fit(bucketByLength(x, y, { batchSize: 32 }))`; `evaluate` and `predict` take it as well, which with `shuffle: false` go through the
 * buckets from the shortest to the longest; `indices` of a batch says which sequences it has.
 *
 * Every length is a program of its own, of which a model keeps those used last: with many lengths give `boundaries`, and mask what is padded, as an
 * embedding with `maskZero` does. The order of an epoch is a function of `seed` and the epoch's number.
 *
 * @param x arrays of numbers, or of steps of several features; none is empty
 * @param y a label for each sequence, a number or an array; with `perStep` one for each step
 * @example
 * ```ts
 * import { bucketByLength, layers, sequential } from "retroprop";
 * const model = sequential([
 *   layers.embedding({ inputDim: 9, outputDim: 4, inputShape: [null] }),
 *   layers.globalAveragePooling1d(),
 *   layers.dense({ units: 1, activation: "sigmoid" }),
 * ]);
 * model.compile({ optimizer: "adam", loss: "binary_crossentropy" });
 * const batches = bucketByLength([[1, 2], [3, 4, 5], [6, 7], [8]], [0, 1, 1, 0], { batchSize: 2, seed: 1 });
 * await model.fit(batches, { epochs: 2, verbose: 0 });
 * ```
 * @throws TypeError if a sequence is none or empty, or there are more or fewer labels or weights; RangeError if an option is out of range, or a
 *   sequence is longer than the last boundary
 */
export function bucketByLength(
  x: Sequences,
  y: Sequences | readonly number[],
  options: BucketByLengthOptions = {},
): BucketedSequences {
  const what = "bucket by length";
  checkOptions(what, options, [
    "batchSize",
    "boundaries",
    "padding",
    "value",
    "perStep",
    "labelValue",
    "sampleWeight",
    "shuffle",
    "seed",
  ]);
  const boundaries = options.boundaries === undefined ? null : readBoundaries(what, options.boundaries);
  if (boundaries === null) {
    refuseOptions(what, options, ["padding", "value", "labelValue"], "goes with boundaries only: nothing is padded");
  }
  const settings = {
    boundaries,
    batchSize: checkInteger(what, "batchSize", options.batchSize ?? 32, { min: 1 }),
    padding: checkString(what, "padding", options.padding ?? "pre", ["pre", "post"]),
    value: checkNumber(what, "value", options.value ?? 0),
    perStep: checkBoolean(what, "perStep", options.perStep ?? false),
    labelValue: checkNumber(what, "labelValue", options.labelValue ?? 0),
    shuffle: checkBoolean(what, "shuffle", options.shuffle ?? true),
    seed: checkInteger(what, "seed", options.seed ?? 0, { min: 0, max: Number.MAX_SAFE_INTEGER }),
  };
  const sequences = readSequences(what, "x", x);
  const { lengths } = sequences;
  const longest = boundaries?.at(-1) ?? Infinity;
  lengths.forEach((length, i) => {
    if (length === 0) throw new TypeError(`Cannot ${what}: x[${i}] is empty; a sequence must have at least one step`);
    if (length > longest) {
      throw new RangeError(
        `Cannot ${what}: the last boundary must be as long as the longest sequence, got ${longest} and, in x[${i}], ` +
          `${length} steps`,
      );
    }
  });
  if (!settings.perStep) refuseOptions(what, options, ["labelValue"], "goes with perStep: true only");
  const labels = readLabels(what, y, lengths, settings.perStep);
  const weights = options.sampleWeight === undefined
    ? null
    : readNumbers(what, "sampleWeight", options.sampleWeight, lengths.length);
  return new BucketedSequences(sequences, labels, weights, settings);
}

function readBoundaries(what: string, given: readonly number[]): readonly number[] {
  if (!Array.isArray(given) || given.length === 0) {
    throw new TypeError(`Cannot ${what}: boundaries must be an array of lengths, got ${describeValue(given)}`);
  }
  const found = given.map((length) => checkInteger(what, "a boundary", length, { min: 1 }));
  const odd = found.findIndex((length, i) => i > 0 && length <= found[i - 1]);
  if (odd < 0) return found;
  throw new RangeError(`Cannot ${what}: boundaries must ascend, got ${found[odd - 1]} and then ${found[odd]}`);
}

/** Labels: numbers, arrays of one length, or as long as their sequences. */
function readLabels(
  what: string,
  given: Sequences | readonly number[],
  lengths: readonly number[],
  perStep: boolean,
): ReadSequences | Float32Array {
  const isFlat = ArrayBuffer.isView(given) || Array.isArray(given) && typeof given[0] === "number";
  if (isFlat && !perStep) return readNumbers(what, "y", given as readonly number[], lengths.length);
  const y = readSequences(what, "y", given as Sequences);
  if (y.lengths.length !== lengths.length) throw unequal(what, "y", y.lengths.length, lengths.length);
  const odd = y.lengths.findIndex((length, i) => length !== (perStep ? lengths[i] : y.lengths[0]) || length === 0);
  if (odd < 0) return y;
  throw new TypeError(
    perStep
      ? `Cannot ${what}: y must have a label for each step, got ${y.lengths[odd]} in y[${odd}] for ${
        lengths[odd]
      } steps`
      : `Cannot ${what}: labels must have one length, got ${y.lengths[0]} and, in y[${odd}], ${
        y.lengths[odd]
      }; where each step has a label, say perStep: true`,
  );
}

function readNumbers(what: string, name: string, given: ArrayLike<number>, count: number): Float32Array {
  const isArray = Array.isArray(given) || ArrayBuffer.isView(given);
  if (!isArray) throw new TypeError(`Cannot ${what}: ${name} must be an array of numbers, got ${describeValue(given)}`);
  if (given.length !== count) throw unequal(what, name, given.length, count);
  return Float32Array.from(given, (value, i) => checkNumber(what, `${name}[${i}]`, value));
}

function unequal(what: string, name: string, found: number, count: number): TypeError {
  return new TypeError(`Cannot ${what}: x and ${name} must have as many entries, got ${count} and ${found}`);
}
