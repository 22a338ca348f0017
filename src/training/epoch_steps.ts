import type { Dataset } from "../data/dataset.ts";
import { permuteInto } from "../tensor/permute.ts";
import { SharedSamples } from "./shared_samples.ts";
import { takeStep } from "./take_step.ts";
import type { Trainer } from "./trainer.ts";

/** How an epoch goes through its samples. */
export interface EpochOptions {
  readonly batchSize: number;
  readonly shuffle: boolean;
  /** Fixes the shuffles. */
  readonly seed: number;
}

/** The training steps of an epoch over samples in memory, one at a time: what `fit` and the trials of a search have in common. */
export class EpochSteps {
  readonly #trainer: Trainer;
  readonly #samples: Dataset;
  readonly #options: EpochOptions;
  /** The samples in the order in which they come; null: as they are. */
  readonly #order: Uint32Array | null;
  readonly #count: number;
  /** With several threads: a copy of the samples, from which each gathers its rows. */
  #shared: SharedSamples | null = null;
  #mayShare: boolean;
  #epoch = 0;
  #batch = 0;

  constructor(trainer: Trainer, samples: Dataset, options: EpochOptions) {
    this.#trainer = trainer;
    this.#samples = samples;
    this.#options = options;
    this.#count = samples.count;
    this.#order = options.shuffle ? new Uint32Array(this.#count) : samples.rows;
    // The members of a generation read what the calling thread has gathered.
    this.#mayShare = trainer.generations === null && SharedSamples.fits(samples.inputs);
    if (trainer.ranks > 1 && this.#mayShare) this.#share();
  }

  /** Begins an epoch, with a shuffle of its own. */
  begin(epoch: number, firstBatch = 0): void {
    this.#epoch = epoch;
    this.#batch = firstBatch;
    if (!this.#options.shuffle) return;
    const order = this.#order!;
    permuteInto(order, this.#options.seed, this.#trainer.epochs);
    const { rows } = this.#samples;
    if (rows !== null) { for (let i = 0; i < order.length; i++) order[i] = rows[order[i]]; }
    this.#shared?.setOrder(order);
  }

  /** Whether the epoch has no more batches. */
  get isOver(): boolean {
    return this.#batch * this.#options.batchSize >= this.#count;
  }

  /** The part of the epoch that is done, from 0 to 1. */
  get done(): number {
    return Math.min(1, this.#batch * this.#options.batchSize / this.#count);
  }

  /** The number of the batch that comes next, counted from 0. */
  get batch(): number {
    return this.#batch;
  }

  /** Takes the next step and returns the number of its batch. @throws {NonFiniteError} */
  next(): number {
    const trainer = this.#trainer;
    const { batchSize } = this.#options;
    const { shapes } = this.#samples;
    const batch = this.#batch++;
    const from = batch * batchSize;
    const to = Math.min(this.#count, from + batchSize);
    const rows = to - from;
    trainer.beginStep();
    if (trainer.ranks > 1 && this.#shared === null && this.#mayShare) this.#shareIfThereIsRoom();
    const gathersX = trainer.ranks > 1 && this.#shared !== null;
    const program = trainer.program(gathersX ? "fit" : "train", rows, shapes);
    if (gathersX) this.#shared!.place(from);
    const weights = this.#samples.fill(program, this.#order, from, to, gathersX);
    takeStep(trainer, { program, rows, shapes, weights, epoch: this.#epoch, batch });
    return batch;
  }

  #share(): void {
    this.#shared = new SharedSamples(this.#trainer, this.#samples.inputs, this.#count);
    this.#shared.setOrder(this.#order);
  }

  /** In the middle of a fit: nobody has asked for several threads, so none is an error. */
  #shareIfThereIsRoom(): void {
    this.#trainer.threads?.skip();
    try {
      this.#share();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#mayShare = false;
    }
  }
}
