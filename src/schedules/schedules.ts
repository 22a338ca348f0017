/**
 * Learning rates that change with the step: `schedules.exponentialDecay({ initialLearningRate, decaySteps, decayRate })`.
 * Names and defaults are Keras 3's; `oneCycle` is PyTorch's.
 *
 * @module
 */
export { exponentialDecay, type ExponentialDecayOptions } from "./exponential_decay.ts";
export { piecewiseConstantDecay, type PiecewiseConstantDecayOptions } from "./piecewise_constant_decay.ts";
export { polynomialDecay, type PolynomialDecayOptions } from "./polynomial_decay.ts";
export { inverseTimeDecay, type InverseTimeDecayOptions } from "./inverse_time_decay.ts";
export { cosineDecay, type CosineDecayOptions } from "./cosine_decay.ts";
export { cosineDecayRestarts, type CosineDecayRestartsOptions } from "./cosine_decay_restarts.ts";
export { oneCycle, type OneCycleOptions } from "./one_cycle.ts";

export type { Schedule } from "./schedule.ts";
