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
import type { BinaryCrossentropyOptions } from "./binary_crossentropy.ts";
import type { BinaryFocalCrossentropyOptions } from "./binary_focal_crossentropy.ts";
import type { CategoricalCrossentropyOptions } from "./categorical_crossentropy.ts";
import type { CategoricalFocalCrossentropyOptions } from "./categorical_focal_crossentropy.ts";
import type { HuberOptions } from "./huber.ts";
import type { SparseCategoricalCrossentropyOptions } from "./sparse_categorical_crossentropy.ts";
import type { LabelKind, Loss } from "./loss.ts";
import type { LossOptions } from "./loss_row.ts";
import type { Reduction } from "./reduction.ts";
import { lossTable } from "./table.ts";

export type { LabelKind, Loss, LossOptions, Reduction };
export type {
  BinaryCrossentropyOptions,
  BinaryFocalCrossentropyOptions,
  CategoricalCrossentropyOptions,
  CategoricalFocalCrossentropyOptions,
  HuberOptions,
  SparseCategoricalCrossentropyOptions,
};

/** mean (p − t)² over the last axis. For regression. Its derivative by p is 2(p − t)/n. */
export function meanSquaredError(options?: LossOptions): Loss {
  return lossTable.mean_squared_error.create(options);
}

/** mean |p − t| over the last axis. For regression with outliers. Its derivative is 0 where p = t. */
export function meanAbsoluteError(options?: LossOptions): Loss {
  return lossTable.mean_absolute_error.create(options);
}

/** 100 · mean |p − t| / max(|t|, 1e-7) over the last axis: in per cent of the labels, which should not be 0. */
export function meanAbsolutePercentageError(options?: LossOptions): Loss {
  return lossTable.mean_absolute_percentage_error.create(options);
}

/**
 * mean (ln(1 + p) − ln(1 + t))² over the last axis; labels should be ≥ 0: p and t below 1e-7 count as 1e-7. For numbers of many sizes.
 */
export function meanSquaredLogarithmicError(options?: LossOptions): Loss {
  return lossTable.mean_squared_logarithmic_error.create(options);
}

/**
 * mean of d²/2 where |d| ≤ delta, else delta · (|d| − delta/2), with d = p − t: a parabola near 0 and lines outside. delta is 1 unless
 * given.
 *
 * Source: Huber 1964, Robust estimation of a location parameter.
 */
export function huber(options?: HuberOptions): Loss {
  return lossTable.huber.create(options);
}

/**
 * mean ln cosh(p − t) over the last axis: about d²/2 for small d = p − t and |d| − ln 2 for large. Its derivative is tanh(d)/n.
 */
export function logCosh(options?: LossOptions): Loss {
  return lossTable.log_cosh.create(options);
}

/**
 * mean −(t·ln p + (1 − t)·ln(1 − p)) over the last axis; labels are from 0 to 1, p is a probability. For yes or no, behind a sigmoid.
 *
 * Behind a sigmoid, or with `fromLogits` (default false), it is computed from the logits: finite for all finite logits. Otherwise p is
 * kept from 1e-7 to 1 − 1e-7. `labelSmoothing` s (default 0) makes labels t·(1 − s) + s/2.
 */
export function binaryCrossentropy(options?: BinaryCrossentropyOptions): Loss {
  return lossTable.binary_crossentropy.create(options);
}

/**
 * −Σ t · ln p over the last axis; labels are one-hot or soft, one column a class, at least 2. For one class of several, behind a softmax.
 *
 * Behind a softmax, or with `fromLogits` (default false), it is computed from the logits: finite for all finite logits. `labelSmoothing`
 * s (default 0) makes labels t·(1 − s) + s/n.
 */
export function categoricalCrossentropy(options?: CategoricalCrossentropyOptions): Loss {
  return lossTable.categorical_crossentropy.create(options);
}

/**
 * −ln p[label] over the last axis; labels [batch, …] are class indices from 0. The categorical crossentropy without one-hot labels.
 *
 * Behind a softmax, or with `fromLogits` (default false), it is computed from the logits. Rows with the label `ignoreClass` (default null:
 * none) do not count.
 */
export function sparseCategoricalCrossentropy(options?: SparseCategoricalCrossentropyOptions): Loss {
  return lossTable.sparse_categorical_crossentropy.create(options);
}

/**
 * mean (1 − p_t)^gamma · binary crossentropy over the last axis, p_t the probability of the right label: easy samples count less. gamma
 * is 2; with `applyClassBalancing` (default false) label 1 weighs alpha = 0.25, label 0 weighs 1 − alpha.
 *
 * Source: Lin et al. 2017, Focal loss for dense object detection, arXiv:1708.02002.
 */
export function binaryFocalCrossentropy(options?: BinaryFocalCrossentropyOptions): Loss {
  return lossTable.binary_focal_crossentropy.create(options);
}

/**
 * −Σ alpha · (1 − p)^gamma · t · ln p over the last axis; labels are one-hot or soft. alpha is 0.25 and gamma 2 unless given.
 *
 * Source: Lin et al. 2017, Focal loss for dense object detection, arXiv:1708.02002.
 */
export function categoricalFocalCrossentropy(options?: CategoricalFocalCrossentropyOptions): Loss {
  return lossTable.categorical_focal_crossentropy.create(options);
}

/**
 * mean max(1 − t·p, 0) over the last axis; labels are −1 or 1, or 0 or 1, where 0 counts as −1. For predictions of any sign, without a
 * sigmoid. Its derivative at the kink is 0.
 */
export function hinge(options?: LossOptions): Loss {
  return lossTable.hinge.create(options);
}

/** mean max(1 − t·p, 0)² over the last axis; labels are −1 or 1, or 0 or 1, where 0 counts as −1. */
export function squaredHinge(options?: LossOptions): Loss {
  return lossTable.squared_hinge.create(options);
}

/** max(max (1 − t)·p − Σ t·p + 1, 0) over the last axis; labels are one-hot: the right class should lead by 1. */
export function categoricalHinge(options?: LossOptions): Loss {
  return lossTable.categorical_hinge.create(options);
}

/**
 * Σ t · ln(t / p) over the last axis, with t and p kept from 1e-7 to 1; labels are distributions. 0 if the two agree.
 */
export function klDivergence(options?: LossOptions): Loss {
  return lossTable.kl_divergence.create(options);
}

/**
 * mean (p − t · ln(p + 1e-7)) over the last axis; labels are counts ≥ 0. p must be ≥ 0: end the model with softplus or exponential.
 */
export function poisson(options?: LossOptions): Loss {
  return lossTable.poisson.create(options);
}

/**
 * −Σ t/‖t‖ · p/‖p‖ over the last axis: −1 for the same direction, 0 for orthogonal ones and for rows of zeros, 1 for opposite ones.
 */
export function cosineSimilarity(options?: LossOptions): Loss {
  return lossTable.cosine_similarity.create(options);
}

/**
 * ½ Σ (p − t)² over the last axis: a sum, not a mean, so that its derivative by p is p − t. The loss of many lectures.
 */
export function halfSumOfSquares(options?: LossOptions): Loss {
  return lossTable.half_sum_of_squares.create(options);
}
