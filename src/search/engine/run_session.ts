import type { Dataset } from "../../data/dataset.ts";
import { findEntry } from "../../errors/find_entry.ts";
import { setEntry } from "../../errors/set_entry.ts";
import type { Trainer } from "../../training/trainer.ts";
import { checkWeights } from "../../training/check_weights.ts";
import { EpochSteps } from "../../training/epoch_steps.ts";
import { evaluateSamples } from "../../training/evaluate_samples.ts";
import { captureState, type TrainerState } from "./trainer_state.ts";

/** The logs of every epoch, by name. */
export type RunHistory = Record<string, number[]>;

/** How a run trains, and on what. */
export interface RunSpec {
  readonly train: Dataset;
  readonly validation: Dataset | null;
  /** Epochs of a run that trains to its end. */
  readonly epochs: number;
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly seed: number;
}

/** One training of a trial, step by step: the same steps, and bits, as `fit` on one thread. */
export class RunSession {
  /** The logs of the epochs that are done. */
  readonly history: RunHistory;
  readonly #trainer: Trainer;
  readonly #spec: RunSpec;
  readonly #steps: EpochSteps;
  #epochs: number;
  #isInEpoch = false;

  /**
   * @param done How many epochs the trainer has done of this run.
   * @param history The logs of these.
   */
  constructor(trainer: Trainer, spec: RunSpec, done = 0, history: RunHistory = {}) {
    this.#trainer = trainer;
    this.#spec = spec;
    this.#epochs = done;
    this.history = history;
    this.#steps = new EpochSteps(trainer, spec.train, spec);
  }

  /** Epochs that are done. */
  get epochs(): number {
    return this.#epochs;
  }

  /** Epochs that are done, with the part of the one that has begun. */
  get position(): number {
    return this.#epochs + (this.#isInEpoch ? this.#steps.done : 0);
  }

  /**
   * Trains until `target` epochs are done, or `isInterrupted` says true after a step.
   *
   * @returns Whether it got there.
   * @throws {NonFiniteError} If the loss or a weight is not finite.
   */
  advance(target: number, isInterrupted: () => boolean, onEpoch?: () => void): boolean {
    const trainer = this.#trainer;
    while (this.#epochs < target) {
      if (!this.#isInEpoch) {
        trainer.counts.reset();
        this.#steps.begin(this.#epochs);
        this.#isInEpoch = true;
      }
      while (!this.#steps.isOver) {
        if (isInterrupted()) return false;
        this.#steps.next();
      }
      this.#isInEpoch = false;
      this.#endEpoch();
      onEpoch?.();
    }
    return true;
  }

  /** A copy of the state between two epochs. */
  capture(): TrainerState {
    return captureState(this.#trainer);
  }

  #endEpoch(): void {
    const trainer = this.#trainer;
    const { validation, batchSize, epochs } = this.#spec;
    const logs = trainer.counts.read();
    checkWeights(trainer, this.#epochs);
    if (validation !== null) Object.assign(logs, evaluateSamples(trainer, validation, batchSize, "val_"));
    trainer.epochs++;
    this.#epochs++;
    for (const [name, value] of Object.entries(logs)) {
      if (typeof value !== "number") continue;
      const values = findEntry(this.history, name);
      if (values === undefined) setEntry(this.history, name, [value]);
      else values.push(value);
    }
    if (this.#epochs === epochs) trainer.finish();
  }
}
