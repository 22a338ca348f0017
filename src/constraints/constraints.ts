/**
 * Rules that weights keep after every step: `constraints.maxNorm({ maxValue: 3 })`. Names and defaults are Keras 3's.
 *
 * @module
 */
export { maxNorm, type MaxNormOptions } from "./max_norm.ts";
export { nonNeg } from "./non_neg.ts";
export { unitNorm, type UnitNormOptions } from "./unit_norm.ts";
export { minMaxNorm, type MinMaxNormOptions } from "./min_max_norm.ts";

export type { Constraint } from "./constraint.ts";
