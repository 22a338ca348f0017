import type { MetricResult } from "../metrics/metric.ts";
import type { Schedule } from "../schedules/schedule.ts";
import type { StateValue } from "../tensor/state_value.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { EpochStatistics } from "./layer_statistics.ts";

/** The names in the logs that always stand for one number: losses, most metrics, the learning rate, whatever stands before them. */
export type NumberName = `${string}${
  | "loss"
  | "accuracy"
  | "acc"
  | "error"
  | "mse"
  | "rmse"
  | "mae"
  | "mape"
  | "msle"
  | "crossentropy"
  | "bce"
  | "divergence"
  | "kld"
  | "log_cosh"
  | "similarity"
  | "hinge"
  | "poisson"
  | "auc"
  | "learning_rate"}`;

/**
 * What is known after a batch or an epoch: `loss`, the metrics, and with validation data the same with `val_` before it. Of a
 * model with several outputs also the loss of each, without its weight, and all with its name: `label_loss`, `label_accuracy`. As types,
 * most names are numbers; a metric of your own, and one that can be asked for a number a class, may be a list.
 */
export type Logs = Record<string, MetricResult> & Record<NumberName, number>;

/** What `evaluate` gives: the loss, and the metrics by their names. */
export type Evaluation = Logs & { loss: number };

/** The settings of a fit, as callbacks see them. */
export interface FitParams {
  /** How many epochs were asked for. */
  readonly epochs: number;
  /** Steps in an epoch; null while a stream has not ended yet. */
  readonly steps: number | null;
  /** 0: silent; 1: a bar in a terminal, curves in a notebook, else a line an epoch; 2: a line an epoch. */
  readonly verbose: 0 | 1 | 2;
  /** Validation runs after every so many epochs; null or left out: there is none, or it runs after each. */
  readonly validationFreq?: number | null;
}

/** What a callback may see and change of the model that is being trained. */
export interface TrainedModel {
  /** Set to true, training stops: after the batch in `onTrainBatchEnd`, whose epoch ends then, else after the epoch. */
  stopTraining: boolean;
  /** The learning rate, or the schedule that gives it. */
  learningRate: number | Schedule;
  /** The number of optimizer steps taken so far. */
  readonly iteration: number;
  /** The weights, in Keras's order. */
  getWeights(): Tensor[];
  /** Sets all weights. */
  setWeights(weights: readonly Tensor[]): void;
  /** The model with its training state as a file. */
  toBytes(): Uint8Array;
  /** Throws where `save` would refuse the path for its name. */
  checkSavePath?(path: string | URL): void;
  /** Writes the model with its training state. */
  save(path: string | URL): Promise<void>;
  /** Takes weights, optimizer state and counters from a file of the same model. */
  restore(bytes: Uint8Array): void;
}

/** How a training ended. */
export interface TrainEnd {
  /** Whether it ended by itself: all epochs were run, or `stopTraining` was set. False after an abort or an error. */
  readonly isComplete: boolean;
  /** Where it is not complete: the error, or the signal's reason. */
  readonly error?: unknown;
}

/** A fit that is running: what it knows besides the model's own file. */
export interface RunningFit {
  /**
   * Everything that the fit needs to go on from here, besides the model: the states of the callbacks, the history, the logs, and within an
   * epoch the sums of its loss and metrics.
   *
   * @param batch How many batches of the epoch are done; 0 between two epochs.
   * @throws {TypeError} If a callback or, within an epoch, a metric cannot give its state.
   */
  getState(batch: number): Promise<StateValue>;
  /** Goes on from such a state: to be called from `initialEpoch`. @throws {TypeError} If it is no such state. */
  setState(state: StateValue): void;
}

/** What a fit trains on, for callbacks of the library's own. */
export interface FitData {
  /** The history that the fit returns. */
  readonly history: { layers?: readonly EpochStatistics[] };
  /** The samples, weights of classes included; null for a stream. */
  readonly samples: object | null;
  /** Of a stream: the batch of the step that comes, or was taken last. It holds until the next one is asked for. */
  readonly batch: object | null;
}

/** Functions that are called while a model trains. Each may return a promise, which is waited for. */
export interface Callback {
  /** What a backup knows its state by. Default: none; states without a name are told apart by their order. */
  readonly name?: string;
  /** Gets the model, before training begins. */
  setModel?(model: TrainedModel): void | Promise<void>;
  /** Gets the settings of the fit. */
  setParams?(params: FitParams): void | Promise<void>;
  /**
   * Gets the running fit, to keep all of it, as `backupAndRestore` does. The functions of a callback that has this one are called after
   * those of the others, and at the end of an epoch after the history has taken its logs: so what it keeps is complete.
   */
  setFit?(fit: RunningFit): void | Promise<void>;
  /**
   * Gets what the fit trains on.
   *
   * @ignore
   */
  setFitData?(data: FitData): void | Promise<void>;
  /** What the callback has counted, for a backup: plain data, see `StateValue`. */
  getState?(): StateValue | Promise<StateValue>;
  /**
   * Takes back what `getState` gave, in a run that goes on from a backup: after `onTrainBegin`, and within an epoch once more after
   * `onEpochBegin`, which is called again then.
   */
  setState?(state: StateValue): void | Promise<void>;
  /** Before the first epoch. */
  onTrainBegin?(logs: Logs): void | Promise<void>;
  /** After the last epoch, for whatever reason training ended: complete, aborted, or by an error. Gets the logs of the last epoch. */
  onTrainEnd?(logs: Logs, end?: TrainEnd): void | Promise<void>;
  /** Before an epoch, counted from 0. */
  onEpochBegin?(epoch: number, logs: Logs): void | Promise<void>;
  /** After an epoch and its validation; what it adds to the logs goes into the history. */
  onEpochEnd?(epoch: number, logs: Logs): void | Promise<void>;
  /** Before a training step, counted from 0 in its epoch; the logs are empty. */
  onTrainBatchBegin?(batch: number, logs: Logs): void | Promise<void>;
  /** After a training step, counted from 0 in its epoch; the logs are the means so far. */
  onTrainBatchEnd?(batch: number, logs: Logs): void | Promise<void>;
  /** Before a validation. */
  onTestBegin?(logs: Logs): void | Promise<void>;
  /** After a validation. */
  onTestEnd?(logs: Logs): void | Promise<void>;
  /** The epoch to begin with, if the callback restored an earlier run. */
  initialEpoch?(): number | null | Promise<number | null>;
  /** How many batches of that first epoch are done already; asked after `initialEpoch`. */
  initialBatch?(): number | null | Promise<number | null>;
}

/** The names of a callback's functions, for checking that an object is one. */
export const CALLBACK_HOOKS = [
  "setModel",
  "setParams",
  "onTrainBegin",
  "onTrainEnd",
  "onEpochBegin",
  "onEpochEnd",
  "onTrainBatchBegin",
  "onTrainBatchEnd",
  "onTestBegin",
  "onTestEnd",
  "initialEpoch",
  "initialBatch",
  "setFit",
  "setFitData",
  "getState",
  "setState",
] as const;
