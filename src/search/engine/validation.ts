import type { DataInputs, SampleInputs, SampleWeights } from "../../data/data_input.ts";

/** A share of the samples is held out. */
export interface SplitValidation {
  /** The share of the samples to validate with, over 0 and under 1. */
  readonly split: number;
  /** Whether samples are drawn; else the last ones are taken, as `fit` does. Default true. */
  readonly shuffle?: boolean;
  /** Whether each class keeps its share in both parts; of several outputs, the classes of the first that is trained. Default false. */
  readonly stratified?: boolean;
}

/** Cross-validation: every fold is held out once, and the score is the mean. */
export interface FoldValidation {
  /** How many folds, from 2 to 10,000. */
  readonly folds: number;
  /** Whether samples are dealt to folds at random; else folds are runs of neighbours. Default true. */
  readonly shuffle?: boolean;
  /** Whether each class keeps its share in every fold; of several outputs, the classes of the first that is trained. Default false. */
  readonly stratified?: boolean;
}

/** Samples of their own to validate with. */
export interface GivenValidation {
  /** The samples. */
  readonly x: SampleInputs;
  /** Their labels. */
  readonly y: DataInputs;
  /** One weight a sample. */
  readonly sampleWeight?: SampleWeights;
}

/** What trials are scored on. null: on what they train on. */
export type Validation = SplitValidation | FoldValidation | GivenValidation | null;
