/**
 * Penalties that are added to the loss: `regularizers.l2({ l2: 1e-4 })`. Names and defaults are Keras 3's.
 *
 * @module
 */
export { l1, type L1Options } from "./l1.ts";
export { l2, type L2Options } from "./l2.ts";
export { l1L2, type L1L2Options } from "./l1_l2.ts";
export { orthogonalRegularizer, type OrthogonalRegularizerOptions } from "./orthogonal_regularizer.ts";

export type { Regularizer } from "./regularizer.ts";
