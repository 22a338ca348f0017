import type { Dataset } from "../../../src/data/dataset.ts";
import { permuteInto } from "../../../src/tensor/permute.ts";
import { takeStep } from "../../../src/training/take_step.ts";
import type { Trainer } from "../../../src/training/trainer.ts";

/** What a step was before it, and what it found. */
export interface StepRecord {
  readonly weights: Float32Array;
  readonly gradients: Float32Array | null;
}

/**
 * Training steps as `fit` takes them, with the same bits, one at a time or in two halves: gradients first, and then all weights together.
 */
export class TrainingLoop {
  readonly #trainer: Trainer;
  readonly #samples: Dataset;
  readonly #batchSize: number;
  readonly #seed: number;
  readonly #shuffle: boolean;
  readonly #order: Uint32Array;
  #batch = 0;
  #isBegun = false;
  #loss: number | null = null;
  readonly #record: { weights: Float32Array; gradients: Float32Array | null };
  #hasRecord = false;

  constructor(
    trainer: Trainer,
    samples: Dataset,
    options: { readonly batchSize: number; readonly shuffle: boolean; readonly seed: number },
  ) {
    this.#trainer = trainer;
    this.#samples = samples;
    this.#batchSize = options.batchSize;
    this.#shuffle = options.shuffle;
    this.#seed = options.seed;
    this.#order = Uint32Array.from({ length: samples.count }, (_, i) => i);
    const hasGradients = trainer.generations === null;
    this.#record = {
      weights: new Float32Array(trainer.memory.view("weights").length),
      gradients: hasGradients ? new Float32Array(trainer.viewOf("gradients").length) : null,
    };
  }

  /** Batches of the epoch that are done. */
  get batch(): number {
    return this.#batch;
  }

  /** Batches of an epoch. */
  get batches(): number {
    return Math.ceil(this.#samples.count / this.#batchSize);
  }

  /** The loss of the step that is begun, once its gradients are known; null otherwise. */
  get loss(): number | null {
    return this.#loss;
  }

  /** The samples of the batch that is begun or comes next, by their numbers. */
  get rows(): Uint32Array {
    this.#begin();
    return this.#order.slice(this.#from, this.#to);
  }

  /** Weights before the last step and the gradients it found, as the memory has them; null before the first one. */
  get record(): StepRecord | null {
    return this.#hasRecord ? this.#record : null;
  }

  /** The mean loss of the epoch's batches so far, as `fit` reports it. */
  get epochLoss(): number {
    return this.#trainer.counts.read().loss;
  }

  get #from(): number {
    return this.#batch * this.#batchSize;
  }

  get #to(): number {
    return Math.min(this.#samples.count, this.#from + this.#batchSize);
  }

  /** The samples in the order in which they come. */
  get order(): Uint32Array {
    this.#begin();
    return this.#order;
  }

  /** The first and the last sample of the batch in `order`. */
  get span(): readonly [from: number, to: number] {
    return [this.#from, this.#to];
  }

  #begin(): void {
    if (this.#isBegun) return;
    this.#isBegun = true;
    if (this.#batch > 0) return;
    this.#trainer.counts.reset();
    if (this.#shuffle) permuteInto(this.#order, this.#seed, this.#trainer.epochs);
  }

  /** The first half of a step: forward, loss, backward. Weights stay. @throws {NonFiniteError} If the loss is not finite */
  findGradients(): void {
    if (this.#loss !== null) return;
    const { filled, weights } = this.#fill();
    const trainer = this.#trainer;
    trainer.fillScale(filled.program, weights);
    const loss = trainer.runForward(filled.program);
    if (!Number.isFinite(loss)) throw trainer.explain(filled);
    trainer.counts.add(filled.program, filled.rows, loss, weights, filled.shapes);
    this.#keep();
    this.#loss = loss;
  }

  /** The second half: all weights are replaced. Returns whether the epoch is over. */
  replaceWeights(): boolean {
    this.findGradients();
    this.#trainer.runUpdate();
    return this.#end();
  }

  /** A whole step, or the rest of one. Returns whether the epoch is over. @throws {NonFiniteError} If the loss is not finite */
  step(): boolean {
    if (this.#trainer.generations === null) return this.replaceWeights();
    const { filled } = this.#fill();
    this.#keep();
    takeStep(this.#trainer, filled);
    return this.#end();
  }

  #fill() {
    this.#begin();
    const [from, to] = [this.#from, this.#to];
    const { shapes } = this.#samples;
    const trainer = this.#trainer;
    trainer.beginStep();
    const program = trainer.program("train", to - from, shapes);
    const weights = this.#samples.fill(program, this.#order, from, to);
    const filled = { program, rows: to - from, shapes, weights, epoch: trainer.epochs, batch: this.#batch };
    return { filled, weights };
  }

  /** Copies of a few numbers: so every frame can say what the last step was. */
  #keep(): void {
    this.#record.weights.set(this.#trainer.memory.view("weights"));
    this.#record.gradients?.set(this.#trainer.viewOf("gradients"));
    this.#hasRecord = true;
  }

  #end(): boolean {
    this.#isBegun = false;
    this.#loss = null;
    this.#batch++;
    if (this.#batch < this.batches) return false;
    this.#batch = 0;
    this.#trainer.epochs++;
    return true;
  }
}
