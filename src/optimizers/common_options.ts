import type { ScheduleSpec } from "../schedules/resolve_schedule.ts";

/** The options that every optimizer takes. */
export interface CommonOptions {
  /** The learning rate, >= 0, or a schedule, which advances with every batch. */
  learningRate?: number | ScheduleSpec;
  /** Weight decay apart from the gradient, >= 0: before the step, w −= w · weightDecay · learningRate. None by default. */
  weightDecay?: number | null;
  /** The largest norm of one variable's gradient, > 0. None by default; excludes clipvalue and globalClipnorm. */
  clipnorm?: number | null;
  /** The largest absolute value of a gradient's element, > 0. None by default; excludes clipnorm and globalClipnorm. */
  clipvalue?: number | null;
  /** The largest norm of all gradients together, > 0. None by default; excludes clipnorm and clipvalue. */
  globalClipnorm?: number | null;
  /**
   * Whether a moving average of the weights is kept; false by default. It replaces the weights when a `fit` ends, and every
   * `emaOverwriteFrequency` steps.
   */
  useEma?: boolean;
  /** The share of the average that stays at every step, from 0 to 1; 0.99 by default. */
  emaMomentum?: number;
  /** After how many steps the weights are replaced by their average, an integer >= 1. Never by default. */
  emaOverwriteFrequency?: number | null;
  /**
   * Over how many batches gradients are averaged before a step, an integer >= 2. None by default.
   *
   * A schedule advances with every batch all the same, as in Keras: `decaySteps` counts batches, and a step takes the rate of its last one.
   * What belongs to a step happens once a step: clipping and weight decay, bias corrections, the moving average of the weights (Keras adds
   * the unchanged weights to it after the other batches, too) and its `emaOverwriteFrequency`, constraints, and `model.iteration`.
   */
  gradientAccumulationSteps?: number | null;
}

/** The names of the options that every optimizer takes. */
export const COMMON_OPTIONS: readonly (keyof CommonOptions)[] = [
  "learningRate",
  "weightDecay",
  "clipnorm",
  "clipvalue",
  "globalClipnorm",
  "useEma",
  "emaMomentum",
  "emaOverwriteFrequency",
  "gradientAccumulationSteps",
];
