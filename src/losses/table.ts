import { binaryCrossentropy } from "./binary_crossentropy.ts";
import { binaryFocalCrossentropy } from "./binary_focal_crossentropy.ts";
import { categoricalCrossentropy } from "./categorical_crossentropy.ts";
import { categoricalFocalCrossentropy } from "./categorical_focal_crossentropy.ts";
import { categoricalHinge } from "./categorical_hinge.ts";
import { cosineSimilarity } from "./cosine_similarity.ts";
import { halfSumOfSquares } from "./half_sum_of_squares.ts";
import { hinge } from "./hinge.ts";
import { huber } from "./huber.ts";
import { klDivergence } from "./kl_divergence.ts";
import { logCosh } from "./log_cosh.ts";
import type { LossRow } from "./loss_row.ts";
import { meanAbsoluteError } from "./mean_absolute_error.ts";
import { meanAbsolutePercentageError } from "./mean_absolute_percentage_error.ts";
import { meanSquaredError } from "./mean_squared_error.ts";
import { meanSquaredLogarithmicError } from "./mean_squared_logarithmic_error.ts";
import { poisson } from "./poisson.ts";
import { sparseCategoricalCrossentropy } from "./sparse_categorical_crossentropy.ts";
import { squaredHinge } from "./squared_hinge.ts";

/** The name of a loss. Written out, since JSR takes no inferred types in a public API. */
export type LossName =
  | "mean_squared_error"
  | "mean_absolute_error"
  | "mean_absolute_percentage_error"
  | "mean_squared_logarithmic_error"
  | "huber"
  | "log_cosh"
  | "binary_crossentropy"
  | "categorical_crossentropy"
  | "sparse_categorical_crossentropy"
  | "binary_focal_crossentropy"
  | "categorical_focal_crossentropy"
  | "hinge"
  | "squared_hinge"
  | "categorical_hinge"
  | "kl_divergence"
  | "poisson"
  | "cosine_similarity"
  | "half_sum_of_squares";

/** Every loss, by its Keras name. */
export const lossTable = {
  mean_squared_error: meanSquaredError,
  mean_absolute_error: meanAbsoluteError,
  mean_absolute_percentage_error: meanAbsolutePercentageError,
  mean_squared_logarithmic_error: meanSquaredLogarithmicError,
  huber,
  log_cosh: logCosh,
  binary_crossentropy: binaryCrossentropy,
  categorical_crossentropy: categoricalCrossentropy,
  sparse_categorical_crossentropy: sparseCategoricalCrossentropy,
  binary_focal_crossentropy: binaryFocalCrossentropy,
  categorical_focal_crossentropy: categoricalFocalCrossentropy,
  hinge,
  squared_hinge: squaredHinge,
  categorical_hinge: categoricalHinge,
  kl_divergence: klDivergence,
  poisson,
  cosine_similarity: cosineSimilarity,
  half_sum_of_squares: halfSumOfSquares,
} satisfies Record<LossName, LossRow>;
