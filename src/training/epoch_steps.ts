import { permuteInto } from "../tensor/permute.ts";
import { gatherRows, type Samples } from "./data_source.ts";
import { SharedSamples } from "./shared_samples.ts";
import { takeStep } from "./take_step.ts";
import type { Trainer } from "./trainer.ts";

/** Samples of which only some count. */
export interface SampleRows extends Samples {
  /** The numbers of the samples that count; all, if left out. */
  readonly rows?: Uint32Array | null;
}

/** How an epoch goes through its samples. */
export interface EpochOptions {
  readonly batchSize: number;
  readonly shuffle: boolean;
  /** Fixes the shuffles. */
  readonly seed: number;
  /** The weight of a sample's class, by its label; null for none. */
  readonly classWeight: ((y: Float32Array, rows: number) => Float32Array) | null;
}

/** The training steps of an epoch over samples in memory, one at a time: what `fit` and the trials of a search have in common. */
export class EpochSteps {
  readonly #trainer: Trainer;
  readonly #samples: SampleRows;
  readonly #options: EpochOptions;
  /** The samples in the order in which they come; null: as they are. */
  readonly #order: Uint32Array | null;
  readonly #count: number;
  /** With several threads: a copy of the samples, from which each gathers its rows. */
  readonly #shared: SharedSamples | null = null;
  #epoch = 0;
  #batch = 0;

  constructor(trainer: Trainer, samples: SampleRows, options: EpochOptions) {
    this.#trainer = trainer;
    this.#samples = samples;
    this.#options = options;
    this.#count = samples.rows?.length ?? samples.count;
    this.#order = options.shuffle ? new Uint32Array(this.#count) : samples.rows ?? null;
    if (trainer.ranks > 1 && SharedSamples.fits(samples.x.data)) {
      this.#shared = new SharedSamples(trainer.memory, samples.x.data, this.#count);
      this.#shared.setOrder(this.#order);
    }
  }

  /** Begins an epoch, with a shuffle of its own. */
  begin(epoch: number, firstBatch = 0): void {
    this.#epoch = epoch;
    this.#batch = firstBatch;
    if (!this.#options.shuffle) return;
    const order = this.#order!;
    permuteInto(order, this.#options.seed, this.#trainer.epochs);
    const { rows } = this.#samples;
    if (rows) { for (let i = 0; i < order.length; i++) order[i] = rows[order[i]]; }
    this.#shared?.setOrder(order);
  }

  /** Whether the epoch has no more batches. */
  get isOver(): boolean {
    return this.#batch * this.#options.batchSize >= this.#count;
  }

  /** The number of the batch that comes next, counted from 0. */
  get batch(): number {
    return this.#batch;
  }

  /** Takes the next step and returns the number of its batch. @throws {NonFiniteError} */
  next(): number {
    const trainer = this.#trainer;
    const { x, y, sampleWeight } = this.#samples;
    const { batchSize, classWeight } = this.#options;
    const batch = this.#batch++;
    const from = batch * batchSize;
    const to = Math.min(this.#count, from + batchSize);
    const rows = to - from;
    const program = trainer.program(this.#shared === null ? "train" : "fit", rows);
    const yBatch = program.input("y");
    if (this.#shared !== null) this.#shared.place(from);
    else gatherRows(program.input("x"), x.data, x.data.length / x.shape[0], this.#order, from, to);
    gatherRows(yBatch, y.data, y.data.length / y.shape[0], this.#order, from, to);
    let weights = sampleWeight === null ? null : pick(sampleWeight, this.#order, from, to);
    if (classWeight !== null) weights = multiply(classWeight(yBatch, rows), weights);
    takeStep(trainer, { program, rows, weights, epoch: this.#epoch, batch });
    return batch;
  }
}

function pick(values: Float32Array, indices: Uint32Array | null, from: number, to: number): Float32Array {
  return Float32Array.from({ length: to - from }, (_, i) => values[indices === null ? from + i : indices[from + i]]);
}

function multiply(a: Float32Array, b: Float32Array | null): Float32Array {
  return b === null ? a : a.map((value, i) => value * b[i]);
}
