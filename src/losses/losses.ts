/**
 * What a model is trained to make small: `losses.binaryCrossentropy({ labelSmoothing: 0.1 })`. Names, defaults and semantics are
 * Keras 3's; t are labels, p predictions.
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

/** mean (p − t)² over the last axis. */
export function meanSquaredError(options?: LossOptions): Loss {
  return lossTable.mean_squared_error.create(options);
}

/** mean |p − t| over the last axis. */
export function meanAbsoluteError(options?: LossOptions): Loss {
  return lossTable.mean_absolute_error.create(options);
}

/** 100 · mean |p − t| / max(|t|, 1e-7) over the last axis. */
export function meanAbsolutePercentageError(options?: LossOptions): Loss {
  return lossTable.mean_absolute_percentage_error.create(options);
}

/** mean (ln(1 + p) − ln(1 + t))² over the last axis. */
export function meanSquaredLogarithmicError(options?: LossOptions): Loss {
  return lossTable.mean_squared_logarithmic_error.create(options);
}

/** mean of d²/2 where |d| ≤ delta, else delta · (|d| − delta/2), with d = p − t. */
export function huber(options?: HuberOptions): Loss {
  return lossTable.huber.create(options);
}

/** mean ln cosh(p − t) over the last axis. */
export function logCosh(options?: LossOptions): Loss {
  return lossTable.log_cosh.create(options);
}

/** mean −(t·ln p + (1 − t)·ln(1 − p)) over the last axis. */
export function binaryCrossentropy(options?: BinaryCrossentropyOptions): Loss {
  return lossTable.binary_crossentropy.create(options);
}

/** −Σ t · ln p over the last axis; labels are one-hot or soft. */
export function categoricalCrossentropy(options?: CategoricalCrossentropyOptions): Loss {
  return lossTable.categorical_crossentropy.create(options);
}

/** −ln p[label]; labels are class indices. */
export function sparseCategoricalCrossentropy(options?: SparseCategoricalCrossentropyOptions): Loss {
  return lossTable.sparse_categorical_crossentropy.create(options);
}

/** Binary crossentropy damped by (1 − p_t)^gamma, p_t the probability of the right label. */
export function binaryFocalCrossentropy(options?: BinaryFocalCrossentropyOptions): Loss {
  return lossTable.binary_focal_crossentropy.create(options);
}

/** Categorical crossentropy damped by alpha · (1 − p)^gamma. */
export function categoricalFocalCrossentropy(options?: CategoricalFocalCrossentropyOptions): Loss {
  return lossTable.categorical_focal_crossentropy.create(options);
}

/** mean max(1 − t·p, 0); labels are −1 or 1, or 0 or 1. */
export function hinge(options?: LossOptions): Loss {
  return lossTable.hinge.create(options);
}

/** mean max(1 − t·p, 0)²; labels are −1 or 1, or 0 or 1. */
export function squaredHinge(options?: LossOptions): Loss {
  return lossTable.squared_hinge.create(options);
}

/** max(max (1 − t)·p − Σ t·p + 1, 0) over the last axis. */
export function categoricalHinge(options?: LossOptions): Loss {
  return lossTable.categorical_hinge.create(options);
}

/** Σ t · ln(t / p) over the last axis. */
export function klDivergence(options?: LossOptions): Loss {
  return lossTable.kl_divergence.create(options);
}

/** mean (p − t · ln p) over the last axis. */
export function poisson(options?: LossOptions): Loss {
  return lossTable.poisson.create(options);
}

/** −1 for the same direction, 1 for opposite ones. */
export function cosineSimilarity(options?: LossOptions): Loss {
  return lossTable.cosine_similarity.create(options);
}

/** ½ Σ (p − t)² over the last axis: a sum, not a mean. */
export function halfSumOfSquares(options?: LossOptions): Loss {
  return lossTable.half_sum_of_squares.create(options);
}
