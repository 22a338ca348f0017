import type { DataName } from "./data_names.ts";
import type { FeatureName } from "./feature_names.ts";
import type { HideableName } from "./hideable_names.ts";

/** A value of an option: what JSON has, without lists. */
export type OptionValue = number | boolean | string | null;

/** Options by their names. What is left out has its default. */
export type OptionValues = Readonly<Record<string, OptionValue>>;

/** Something of a table of the library, with its options: `{ name: "adam", options: { beta1: 0.8 } }`. */
export interface Part {
  readonly name: string;
  readonly options: OptionValues;
}

/** A point of the plane that the user has set, or a row of the user's file. */
export interface OwnPoint {
  readonly x1: number;
  readonly x2: number;
  /** The number of the class, or the value where `task` is "regression". */
  readonly y: number;
}

/** What is learnt. */
export interface DataConfiguration {
  readonly name: DataName;
  /** How many samples are drawn. Sets of a fixed size pay no attention to it. */
  readonly samples: number;
  /** How much the samples are disturbed, 0 … 1. */
  readonly noise: number;
  /** The share of the samples that is kept for the test, 0 … 0.9. */
  readonly testShare: number;
  /** Fixes the samples and the split, apart from the seed of the network. */
  readonly seed: number;
  /** Of the set "own" alone: its points, at most `MOST_POINTS`. */
  readonly points: readonly OwnPoint[];
  /** Of the set "own" alone: whether y is a class or a number. */
  readonly task: "classes" | "regression";
}

/** When a run ends by itself; null: that does not end it. */
export interface StopConfiguration {
  readonly epochs: number | null;
  /** Ends once the training loss is at most this. */
  readonly loss: number | null;
  /** Ends once the share of right answers for the training samples is at least this. */
  readonly accuracy: number | null;
}

/** What the drawing shows; it changes nothing of what is learnt. */
export interface ViewConfiguration {
  /** What the edges stand for. */
  readonly edges: "weights" | "gradients" | "updates";
  /** Whether the boundary shows answers rounded to classes. */
  readonly discrete: boolean;
  /** Whether the test samples are drawn. */
  readonly test: boolean;
}

/** Everything that the page's address holds, and all that a run depends on. */
export interface Configuration {
  readonly data: DataConfiguration;
  /** What the network is given of a point, at least one. */
  readonly features: readonly FeatureName[];
  /** The hidden layers, first to last: `name` is the type of a layer, see `LAYER_FIELDS`. May be empty. */
  readonly layers: readonly Part[];
  /** The last layer, a dense one. Its units follow from the data; its options are those of `dense` without `units`. */
  readonly output: OptionValues;
  /** See `LOSS_FIELDS`. */
  readonly loss: Part;
  /** See `OPTIMIZER_FIELDS`. The learning rate stands apart. */
  readonly optimizer: Part;
  /** Of optimizers that have one. */
  readonly learningRate: number;
  /** How the learning rate changes: see `SCHEDULE_FIELDS`; null: it stays. */
  readonly schedule: Part | null;
  /** Samples in a step; null: all of them. */
  readonly batchSize: number | null;
  /** Whether samples are shuffled before every epoch. */
  readonly shuffle: boolean;
  /** Fixes the initial weights, shuffles and dropout. */
  readonly seed: number;
  /** The weights to begin with, all in the library's order (layer by layer, kernel before bias); null: the initializers draw them. */
  readonly weights: readonly number[] | null;
  readonly stop: StopConfiguration;
  readonly view: ViewConfiguration;
  readonly language: "en" | "es";
  /** Controls that are not shown, for a class. */
  readonly hide: readonly HideableName[];
  /** The preset that this began with, for its title and words; null for none. */
  readonly preset: string | null;
}

/** Limits of a configuration. */
export const LIMITS = {
  points: 200,
  samples: 2000,
  layers: 12,
  units: 32,
  weights: 12_000,
  features: 7,
  /** Classes of own points. */
  classes: 4,
  epochs: 1_000_000,
} as const;
