import type { DataInput, DataInputs, DataStream, SampleInputs, SampleWeights } from "../data/data_input.ts";
import type { LossSpec } from "../losses/resolve_loss.ts";
import type { MetricSpec } from "../metrics/resolve_metric.ts";
import type { Numerics } from "../kernels/numerics.ts";
import type { OptimizerGroups } from "../optimizers/optimizer_groups.ts";
import type { OptimizerSpec } from "../optimizers/resolve_optimizer.ts";
import type { Callback } from "../training/callback.ts";
import type { Workers } from "../training/threads.ts";
import type { ObjectiveOption } from "./read_objective.ts";
import type { OptimizerGroupSpec } from "./resolve_groups.ts";

/** Options of a model. */
export interface ModelOptions {
  /**
   * Fixes initial weights, shuffles and dropout: an integer from 0 to 2^53 − 1. Default 0, so that a script gives the same bits whenever it
   * runs; so two models that are built alike are the same model, weight by weight. The members of an ensemble need a seed each, or
   * `"random"`, which draws one; `model.seed` says which.
   */
  seed?: number | "random";
  /** `"fast"` (default) or `"portable"`: the same bits on every machine. */
  numerics?: Numerics;
  /** The model's name. Default `"sequential"`. */
  name?: string;
  /**
   * What the numbers of a sample are, one name for every element of the input's last axis. For whoever uses the model: the names are in its
   * file and in the compiled model.
   */
  columns?: readonly string[];
  /** What the outputs are, classes or quantities: one name for every element of the output's last axis. They go where `columns` go. */
  labels?: readonly string[];
}

/** A metric: a name, or from `metrics`. */
export type MetricOption = MetricSpec | string;

/** The metrics of one output. */
export type OutputMetrics = MetricOption | readonly MetricOption[] | null;

/**
 * Metrics: a list, for a model with one output. For several, a list with an entry for each, or a record by their names: a metric, a list of
 * them, or none.
 */
export type MetricOptions =
  | readonly MetricOption[]
  | readonly OutputMetrics[]
  | { readonly [output: string]: OutputMetrics };

/** What `compile` takes. */
export interface CompileOptions {
  /**
   * What trains the weights. Default `"rmsprop"`, as in Keras.
   *
   * A list gives groups of layers optimizers of their own: `[{ layers: ["hidden"], optimizer: "sgd" }, { optimizer: "adam" }]`. A layer is in
   * one group; a group without layers takes the rest. Each has its learning rate and schedule: `model.learningRate` is the first group's, and
   * where it is changed, by `reduceLROnPlateau` or by you, the others keep their ratio to it. Clipping by `globalClipnorm` is over a group;
   * `gradientAccumulationSteps`, and `emaOverwriteFrequency` where there are averages, are the same in all.
   */
  optimizer?: OptimizerSpec | OptimizerGroups | readonly OptimizerGroupSpec[];
  /**
   * The loss: a name, or from `losses`. For a model with several outputs: one for all, a list with an entry for each, or a record by their
   * names. An output with none (null, or left out of the record) is not trained, and needs no labels.
   */
  loss: LossSpec | readonly (LossSpec | null)[] | { readonly [output: string]: LossSpec | null };
  /**
   * By what an optimizer without gradients chooses: `"loss"` (default), a metric, `{ metric: "accuracy", direction: "max" }`, or a function of
   * predictions and labels, which is made small. It needs no derivative. Of a model with several outputs a metric says of which,
   * `{ metric, output: "label" }`, and a function gets records by their names. The loss is still needed: it is what the history has.
   */
  objective?: ObjectiveOption;
  /**
   * What the loss of each output counts in the sum that is made small: one number for all, a list or a record. The losses in the logs are those
   * without it. Default 1.
   */
  lossWeights?: number | readonly (number | null)[] | { readonly [output: string]: number };
  /** Metrics that ignore sample weights. Default none. */
  metrics?: MetricOptions;
  /** Metrics that use sample weights. Default none. */
  weightedMetrics?: MetricOptions;
}

/** Validation data: samples, labels, and if wanted weights; or a stream of batches, which every validation starts anew. */
export type ValidationData =
  | readonly [x: SampleInputs, y: DataInputs]
  | readonly [x: SampleInputs, y: DataInputs, sampleWeight: SampleWeights]
  | { readonly x: SampleInputs; readonly y: DataInputs; readonly sampleWeight?: SampleWeights }
  | DataStream;

/** What `fit` takes besides the data. */
export interface FitOptions {
  /** How many times to go through the data. Default 1. */
  epochs?: number;
  /** Samples in a step. Default 32. */
  batchSize?: number;
  /** 0: silent; 1 (default): a bar in a terminal, curves in a notebook, else a line an epoch; 2: a line an epoch. */
  verbose?: 0 | 1 | 2;
  /** What is called while training: a callback or a list of them. Default none. */
  callbacks?: Callback | readonly Callback[];
  /** The share of the samples, taken from the end before shuffling, that is kept for validation. Default 0. */
  validationSplit?: number;
  /** Samples and labels to validate with, instead of a split. */
  validationData?: ValidationData;
  /** Batches of a validation, where `validationData` is a stream. Default: until it ends. */
  validationSteps?: number;
  /** Samples in a batch of the validation. Default `batchSize`. */
  validationBatchSize?: number;
  /** Validate after every n-th epoch. Default 1. */
  validationFreq?: number;
  /** Whether to shuffle the samples before every epoch. Default true. */
  shuffle?: boolean;
  /**
   * The weight of each class, by its index: those not named weigh 1. What a label's class is follows from the loss. It goes with one output
   * that is trained.
   */
  classWeight?: Readonly<Record<number, number>>;
  /** One weight a sample, which may be negative, as in policy gradients; with several outputs for all, or a list or a record of them. */
  sampleWeight?: SampleWeights;
  /** The epoch to begin with, for a resumed run. Default 0. */
  initialEpoch?: number;
  /** Batches in an epoch, for a stream that does not end. Where one ends before, the epoch ends there, and the console says so. */
  stepsPerEpoch?: number;
  /** Another seed for the shuffles. Default: the model's. */
  seed?: number;
  /**
   * Stops training with the signal's reason: at the end of a step, or while a stream or a callback is waited for. Without one, Ctrl-C does
   * where progress is shown; pressed twice, it ends the process at once.
   */
  signal?: AbortSignal;
  /**
   * How many threads to use, this one included. `"auto"` (default): as many as are faster, by the time that steps take as they run. The bits
   * are the same for any number.
   */
  workers?: Workers;
}

/** What `evaluate` takes besides the data. */
export interface EvaluateOptions {
  /** Batches to take of a stream. Default: until it ends. */
  steps?: number;
  /** Stops the evaluation of a stream with the signal's reason, also while it is waited for. */
  signal?: AbortSignal;
  /** Samples in a batch. Default 32. */
  batchSize?: number;
  /** One weight a sample, which may be negative, as in policy gradients; with several outputs for all, or a list or a record of them. */
  sampleWeight?: SampleWeights;
  /** How many threads to use, as in `fit`. */
  workers?: Workers;
  /** 0 (default): silent; 1 or 2: a line when it is done. */
  verbose?: 0 | 1 | 2;
}

/** What `predict` takes besides the data. */
export interface PredictOptions {
  /** Batches to take of a stream. Default: until it ends. */
  steps?: number;
  /** Stops the prediction for a stream with the signal's reason, also while it is waited for. */
  signal?: AbortSignal;
  /** Samples in a batch. Default 32. */
  batchSize?: number;
  /** How many threads to use, as in `fit`. */
  workers?: Workers;
  /** 0 (default): silent; 1 or 2: a line when it is done. */
  verbose?: 0 | 1 | 2;
}

/** What `testOnBatch` takes besides the batch. */
export interface TestOnBatchOptions {
  /** One weight a sample; with several outputs for all, or a list or a record of them. */
  sampleWeight?: SampleWeights;
}

/** What `trainOnBatch` takes besides the batch. */
export interface TrainOnBatchOptions {
  /** One weight a sample, which may be negative, as in policy gradients; with several outputs for all, or a list or a record of them. */
  sampleWeight?: SampleWeights;
  /** The weight of each class, by its index. */
  classWeight?: Readonly<Record<number, number>>;
}

export type { DataInput, DataStream };
