import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkFinite } from "../tensor/check_finite.ts";
import { permuteInto } from "../tensor/permute.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { TensorInput } from "../tensor/tensor_input.ts";
import { toTensor } from "../tensor/to_tensor.ts";

/** Options of `timeSeries`. */
export interface TimeSeriesOptions {
  /** How many steps a window has: Keras's sequence_length. */
  length: number;
  /** Steps from the beginning of a window to that of the next: Keras's sequence_stride. Default 1. */
  stride?: number;
  /** How many steps behind the last one of a window its label stands; several: a label of as many steps. 0 is the last step itself. Default 1. */
  horizon?: number | readonly number[];
  /** Steps of the data from one step of a window to the next: Keras's sampling_rate. Default 1. */
  samplingRate?: number;
  /** What labels are taken from, one row for each step of the data. Default: the data. */
  targets?: TensorInput;
  /** How many windows a batch has. Default 32. */
  batchSize?: number;
  /** Whether every epoch has an order of its own. Default false. */
  shuffle?: boolean;
  /** Fixes the orders. Default 0. */
  seed?: number;
  /** The first step that is used. Default 0. */
  start?: number;
  /** The step behind the last one that is used, by labels as well. Default: the end of the data. */
  end?: number;
}

/** A batch of windows. */
export interface WindowBatch {
  /** [windows, length, …features] */
  readonly x: Tensor;
  /** [windows, …], for several horizons [windows, horizons, …] */
  readonly y: Tensor;
}

interface Settings {
  readonly length: number;
  readonly stride: number;
  readonly horizons: readonly number[];
  readonly isList: boolean;
  readonly samplingRate: number;
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly seed: number;
  readonly start: number;
  readonly count: number;
}

/** Windows over a series: a stream for `fit`, `evaluate` and `predict`. */
export class TimeSeries {
  readonly #data: Tensor;
  readonly #targets: Tensor;
  readonly #settings: Settings;
  #epoch = 0;

  /** @ignore */
  constructor(data: Tensor, targets: Tensor, settings: Settings) {
    this.#data = data;
    this.#targets = targets;
    this.#settings = settings;
  }

  /** How many windows there are. */
  get size(): number {
    return this.#settings.count;
  }

  /** How many batches an epoch has. */
  get length(): number {
    return Math.ceil(this.size / this.#settings.batchSize);
  }

  /** The shape of a window: what a model's `inputShape` is to be. */
  get windowShape(): readonly number[] {
    return [this.#settings.length, ...this.#data.shape.slice(1)];
  }

  /**
   * Says which epoch is next, an integer from 0: its number fixes the order. `fit` does so. Without, every pass is the epoch after the one before.
   */
  setEpoch(epoch: number): void {
    this.#epoch = epoch;
  }

  /** The batches of an epoch. */
  *[Symbol.iterator](): Generator<WindowBatch, void> {
    const { batchSize, shuffle, seed, count } = this.#settings;
    const epoch = this.#epoch++;
    const order = Uint32Array.from({ length: count }, (_, i) => i);
    if (shuffle) permuteInto(order, seed, epoch);
    for (let from = 0; from < count; from += batchSize) yield this.#fill(order.subarray(from, from + batchSize));
  }

  #fill(windows: Uint32Array): WindowBatch {
    const { length, stride, samplingRate, horizons, isList, start } = this.#settings;
    const first = (i: number): number => start + windows[i] * stride;
    const steps = Array.from({ length }, (_, k) => k * samplingRate);
    const last = (length - 1) * samplingRate;
    const labels = this.#targets.shape.slice(1);
    const shape = isList ? [windows.length, horizons.length, ...labels] : [windows.length, ...labels];
    return {
      x: new Tensor(gatherSteps(this.#data, windows.length, first, steps), [windows.length, ...this.windowShape]),
      y: new Tensor(gatherSteps(this.#targets, windows.length, first, horizons.map((ahead) => last + ahead)), shape),
    };
  }
}

/** Copies the rows first(i) + steps[k] of a series, window by window. */
function gatherSteps(
  { data, shape }: Tensor,
  count: number,
  first: (i: number) => number,
  steps: readonly number[],
): Float32Array {
  const width = data.length / shape[0];
  const rows = new Float32Array(count * steps.length * width);
  let at = 0;
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < steps.length; k++, at += width) {
      const from = (first(i) + steps[k]) * width;
      if (width === 1) rows[at] = data[from];
      else rows.set(data.subarray(from, from + width), at);
    }
  }
  return rows;
}

/**
 * Windows over a time series, and what comes after them: a stream for `fit`, `evaluate` and `predict`, as Keras's
 * `timeseries_dataset_from_array`. Window i has the steps start + i · stride + k · samplingRate, k = 0 … length − 1, and its label is the
 * target `horizon` steps behind the last of these. Windows are cut batch by batch; the data are kept once, and must not change.
 *
 * A part of the data to validate with is taken by time, so that no window reaches over its border:
 * `fit(timeSeries(data, { length, end: 800 }), { validationData: timeSeries(data, { length, start: 800 }) })`.
 *
 * @param data [steps, …features], or one number a step
 * @example
 * ```ts
 * import { layers, sequential, timeSeries } from "retroprop";
 * const wave = Array.from({ length: 60 }, (_, t) => [Math.sin(t / 5), Math.cos(t / 5)]);
 * const windows = timeSeries(wave, { length: 10, stride: 2, horizon: 1, shuffle: true, seed: 1 });
 * const model = sequential([layers.flatten({ inputShape: windows.windowShape }), layers.dense({ units: 2 })]);
 * model.compile({ optimizer: "adam", loss: "mse" });
 * await model.fit(windows, { epochs: 2, verbose: 0 });
 * ```
 * @throws TypeError if the data are no numbers, or there are more or fewer targets than steps; RangeError if an option is out of range, or there
 *   are too few steps for a window
 */
export function timeSeries(data: TensorInput, options: TimeSeriesOptions): TimeSeries {
  const what = "make windows over a time series";
  checkOptions(what, options, [
    "length",
    "stride",
    "horizon",
    "samplingRate",
    "targets",
    "batchSize",
    "shuffle",
    "seed",
    "start",
    "end",
  ]);
  const given = options ?? {};
  const integer = (name: keyof TimeSeriesOptions, value: unknown, min: number, max?: number): number =>
    checkInteger(what, name, value, { min, ...(max === undefined ? {} : { max }) });
  const length = integer("length", given.length, 1);
  const stride = integer("stride", given.stride ?? 1, 1);
  const samplingRate = integer("samplingRate", given.samplingRate ?? 1, 1);
  const isList = Array.isArray(given.horizon);
  const horizons = [given.horizon ?? 1].flat().map((ahead) => integer("horizon", ahead, 0));
  if (horizons.length === 0) throw new TypeError(`Cannot ${what}: horizon must have at least one number, got []`);
  const series = readSeries(what, "data", data);
  const targets = given.targets === undefined ? series : readSeries(what, "targets", given.targets);
  const [steps] = series.shape;
  if (targets.shape[0] !== steps) {
    throw new TypeError(
      `Cannot ${what}: targets must have a row for each step of the data, got ${targets.shape[0]} for ${steps} steps`,
    );
  }
  const start = integer("start", given.start ?? 0, 0, steps - 1);
  const end = integer("end", given.end ?? steps, start + 1, steps);
  const reach = (length - 1) * samplingRate + 1 + horizons.reduce((most, ahead) => Math.max(most, ahead));
  const count = Math.floor((end - start - reach) / stride) + 1;
  if (count < 1) {
    throw new RangeError(
      `Cannot ${what}: a window and its label reach over ${reach} steps, but there are ${end - start}`,
    );
  }
  return new TimeSeries(series, targets, {
    length,
    stride,
    horizons,
    isList,
    samplingRate,
    batchSize: integer("batchSize", given.batchSize ?? 32, 1),
    shuffle: checkBoolean(what, "shuffle", given.shuffle ?? false),
    seed: integer("seed", given.seed ?? 0, 0, Number.MAX_SAFE_INTEGER),
    start,
    count,
  });
}

function readSeries(what: string, name: string, given: TensorInput): Tensor {
  const series = toTensor(given, { name });
  if (series.shape.length === 0) {
    throw new TypeError(`Cannot ${what}: ${name} must have an axis of steps, got a number`);
  }
  checkFinite(series, name);
  return series;
}
