import type { DataInputs, SampleInputs, SampleWeights } from "../../data/data_input.ts";
import type { Predictions } from "../../models/form_outputs.ts";
import type { TrainableModel } from "../../models/trainable_model.ts";
import type { Workers } from "../../training/threads.ts";
import type { JournalOptions } from "../journal/open_journal.ts";
import type { Params } from "../space/params.ts";
import type { PrunerSpec } from "../pruners/resolve_pruner.ts";
import type { Direction } from "../samplers/sampler.ts";
import type { SamplerSpec } from "../samplers/resolve_sampler.ts";
import type { Forbidden, ParamsOf, Space } from "../space/space.ts";
import type { Validation } from "./validation.ts";

/** What `build` is told besides the params. */
export interface BuildContext {
  /** The seed of this repetition: the search's plus the number of the repetition. */
  readonly seed: number;
  /** The number of the repetition, from 0. */
  readonly repetition: number;
}

/** A number, or how it follows from the params. */
export type PerTrial<P> = number | ((params: P) => number);

/** What `diagnose` of a search is: that of `retroprop/explain`, or one like it. */
export type TrialDiagnosis<M> = (
  progress: {
    readonly history: Readonly<Record<string, readonly number[]>>;
    readonly params: { readonly steps: number };
  },
  model: M,
  data: { readonly x: SampleInputs; readonly y: DataInputs },
) => { readonly headline: { readonly rule: string; readonly words: string } | null };

/** What all searches take. */
export interface GridSearchOptions<S extends Space = Space, M extends TrainableModel<Predictions> = TrainableModel> {
  /** What may be tried: by name a dimension, an array of values or a single value. */
  space: S;
  /** Combinations that must not be tried. Default none. */
  forbidden?: readonly Forbidden[];
  /**
   * Makes the model of a trial and compiles it. It runs on the calling thread, and must return the same model for the same params.
   * The model is trained in memory of its own: what `build` returned stays as it is.
   */
  build: (params: ParamsOf<S>, context: BuildContext) => M;
  /** Samples, as `fit` takes them. They must not change while the search runs. */
  x: SampleInputs;
  /** Labels, as `fit` takes them. */
  y: DataInputs;
  /** One weight a sample. */
  sampleWeight?: SampleWeights;
  /** The weight of each class, by its index: those not named weigh 1. What a label's class is follows from the loss. */
  classWeight?: Readonly<Record<number, number>>;
  /** How many times a trial goes through its data. Default 1. */
  epochs?: PerTrial<ParamsOf<S>>;
  /** Samples in a step. Default 32. */
  batchSize?: PerTrial<ParamsOf<S>>;
  /** Whether to shuffle the samples before every epoch. Default true. */
  shuffle?: boolean;
  /**
   * What trials are scored on: `{ split: 0.2 }` (default), `{ folds: 3, stratified: true }`, `{ x, y }`; null: on the data that they train
   * on.
   */
  validation?: Validation;
  /**
   * How often each trial is trained, each time from other weights and with other shuffles; the score is the mean. Default 1, at most 1,000. A `build` that
   * takes no seed from its context has its weights drawn anew by their initializers.
   */
  repeats?: number;
  /** What the score is: a metric or `loss`, of a model with several outputs also `label_loss` or `label_accuracy`, with `val_` before it if it is that on the validation data, after the last epoch. Default `val_loss`, or `loss` without validation. */
  monitor?: string;
  /** Whether small or large scores are good. Default: as the metric says. */
  mode?: Direction;
  /** Fixes which params are tried and which samples are held out: an integer from 0. Default 0. */
  seed?: number;
  /** Threads, this one included; each trains trials of its own. Default `"auto"`: all cores, if there is enough to do. */
  workers?: Workers;
  /** A rule that ends bad trials early. Default `"none"`. */
  pruner?: PrunerSpec;
  /** How often a trial that failed is tried again. Default 0, at most 1,000. */
  retries?: number;
  /** Stop when a trial's score is as good as this. */
  target?: number;
  /** Stop after so many seconds. */
  maxSeconds?: number;
  /** Aborts the search: it rejects with the signal's reason. What is in the journal stays there. */
  signal?: AbortSignal;
  /** A file to record everything in, so that the search can be continued by calling it again; or `{ path }` with options of `openJournal`. */
  journal?: string | URL | (JournalOptions & { readonly path: string | URL });
  /**
   * Whether the outcome shall be the same for any number of workers also with a sampler or pruner that learns: trial i then sees the
   * trials up to i − lag, no more and no fewer; those whose bracket is not full yet, as they were at the first rung. Default false. Others repeat anyway.
   */
  deterministic?: boolean;
  /** See `deterministic`; threads beyond `lag` have nothing to do. Default 4. */
  lag?: number;
  /**
   * Says why trials do not learn, for the column `why` of table, CSV and report: `diagnose` of `retroprop/explain`. It is called for every trial
   * when the search is over, on the calling thread, with the history of its first run and the model as `build` makes it: the weights
   * that a trial ended with are not kept. Default: nothing is said.
   */
  diagnose?: TrialDiagnosis<M>;
  /** 0: silent; 1 (default): progress in one line. */
  verbose?: 0 | 1;
}

/** What `search` takes. */
export interface SearchOptions<S extends Space = Space, M extends TrainableModel<Predictions> = TrainableModel>
  extends GridSearchOptions<S, M> {
  /** The rule that says which params to try. Default `"tpe"`. */
  sampler?: SamplerSpec;
  /** How many trials to make at most. Needed, unless the sampler's space is limited or `maxSeconds` or `target` is given. */
  trials?: number;
}

/** The options of a search, whatever its space. */
export type AnySearchOptions = Omit<SearchOptions, "build" | "epochs" | "batchSize" | "diagnose"> & {
  diagnose?: TrialDiagnosis<never>;
  build: (params: Params, context: BuildContext) => unknown;
  epochs?: PerTrial<Params>;
  batchSize?: PerTrial<Params>;
};
