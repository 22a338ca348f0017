/**
 * What a model is trained to make small: `losses.binaryCrossentropy({ labelSmoothing: 0.1 })`. Names, defaults and semantics are
 * Keras 3's; t are labels, p predictions.
 *
 * Shapes: predictions [batch, …, n] and labels of the same shape, unless said otherwise, give one loss a row of n; flat labels stand
 * for [batch, 1]. `reduction` makes one number of the losses of all rows: by default `"sum_over_batch_size"`, their mean.
 *
 * Every factory throws a TypeError for an option that does not exist or has the wrong type, and a RangeError for a value out of range;
 * `fit` and `evaluate` throw a RangeError for labels that the loss cannot take.
 *
 * @module
 */
export { meanSquaredError } from "./mean_squared_error.ts";
export { meanAbsoluteError } from "./mean_absolute_error.ts";
export { meanAbsolutePercentageError } from "./mean_absolute_percentage_error.ts";
export { meanSquaredLogarithmicError } from "./mean_squared_logarithmic_error.ts";
export { huber, type HuberOptions } from "./huber.ts";
export { logCosh } from "./log_cosh.ts";
export { binaryCrossentropy, type BinaryCrossentropyOptions } from "./binary_crossentropy.ts";
export { categoricalCrossentropy, type CategoricalCrossentropyOptions } from "./categorical_crossentropy.ts";
export {
  sparseCategoricalCrossentropy,
  type SparseCategoricalCrossentropyOptions,
} from "./sparse_categorical_crossentropy.ts";
export { binaryFocalCrossentropy, type BinaryFocalCrossentropyOptions } from "./binary_focal_crossentropy.ts";
export {
  categoricalFocalCrossentropy,
  type CategoricalFocalCrossentropyOptions,
} from "./categorical_focal_crossentropy.ts";
export { hinge } from "./hinge.ts";
export { squaredHinge } from "./squared_hinge.ts";
export { categoricalHinge } from "./categorical_hinge.ts";
export { klDivergence } from "./kl_divergence.ts";
export { poisson } from "./poisson.ts";
export { cosineSimilarity, type CosineSimilarityOptions } from "./cosine_similarity.ts";
export { halfSumOfSquares } from "./half_sum_of_squares.ts";

export type { LabelKind, Loss } from "./loss.ts";
export type { LossOptions } from "./loss_row.ts";
export type { Reduction } from "./reduction.ts";
