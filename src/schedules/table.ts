import { cosineDecay } from "./cosine_decay.ts";
import { cosineDecayRestarts } from "./cosine_decay_restarts.ts";
import { exponentialDecay } from "./exponential_decay.ts";
import { inverseTimeDecay } from "./inverse_time_decay.ts";
import { oneCycle } from "./one_cycle.ts";
import { piecewiseConstantDecay } from "./piecewise_constant_decay.ts";
import { polynomialDecay } from "./polynomial_decay.ts";
import type { Schedule } from "./schedule.ts";

/** The names of the schedules. */
export type ScheduleName =
  | "exponential_decay"
  | "piecewise_constant_decay"
  | "polynomial_decay"
  | "inverse_time_decay"
  | "cosine_decay"
  | "cosine_decay_restarts"
  | "one_cycle";

/** The schedules by name: each makes a schedule from its options, which it checks. */
export const SCHEDULES: Readonly<Record<ScheduleName, (options: never) => Schedule>> = {
  exponential_decay: exponentialDecay,
  piecewise_constant_decay: piecewiseConstantDecay,
  polynomial_decay: polynomialDecay,
  inverse_time_decay: inverseTimeDecay,
  cosine_decay: cosineDecay,
  cosine_decay_restarts: cosineDecayRestarts,
  one_cycle: oneCycle,
};
