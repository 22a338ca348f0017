import { auc } from "./auc.ts";
import { binaryAccuracy } from "./binary_accuracy.ts";
import { binaryCrossentropy } from "./binary_crossentropy.ts";
import { categoricalAccuracy } from "./categorical_accuracy.ts";
import { categoricalCrossentropy } from "./categorical_crossentropy.ts";
import { categoricalHinge } from "./categorical_hinge.ts";
import { confusionMatrix } from "./confusion_matrix.ts";
import { cosineSimilarity } from "./cosine_similarity.ts";
import { f1Score } from "./f1_score.ts";
import { hinge } from "./hinge.ts";
import { klDivergence } from "./kl_divergence.ts";
import { logCoshError } from "./log_cosh_error.ts";
import { meanAbsoluteError } from "./mean_absolute_error.ts";
import { meanAbsolutePercentageError } from "./mean_absolute_percentage_error.ts";
import { meanSquaredError } from "./mean_squared_error.ts";
import { meanSquaredLogarithmicError } from "./mean_squared_logarithmic_error.ts";
import type { Metric } from "./metric.ts";
import { poisson } from "./poisson.ts";
import { precision } from "./precision.ts";
import { r2Score } from "./r2_score.ts";
import { recall } from "./recall.ts";
import { rootMeanSquaredError } from "./root_mean_squared_error.ts";
import { sparseCategoricalAccuracy } from "./sparse_categorical_accuracy.ts";
import { sparseCategoricalCrossentropy } from "./sparse_categorical_crossentropy.ts";
import { sparseTopKCategoricalAccuracy } from "./sparse_top_k_categorical_accuracy.ts";
import { squaredHinge } from "./squared_hinge.ts";
import { topKCategoricalAccuracy } from "./top_k_categorical_accuracy.ts";

/** One row of the table: how a metric is built from its options, and its short names. */
export interface MetricRow {
  /** Builds the metric; checks the options. */
  build(options?: object): Metric;
  /** Other names it goes by. */
  aliases?: readonly string[];
}

/** All metrics by id. */
export const METRICS = {
  binary_accuracy: { build: binaryAccuracy },
  categorical_accuracy: { build: categoricalAccuracy },
  sparse_categorical_accuracy: { build: sparseCategoricalAccuracy },
  top_k_categorical_accuracy: { build: topKCategoricalAccuracy },
  sparse_top_k_categorical_accuracy: { build: sparseTopKCategoricalAccuracy },
  precision: { build: precision },
  recall: { build: recall },
  f1_score: { build: f1Score },
  auc: { build: auc },
  confusion_matrix: { build: confusionMatrix },
  mean_squared_error: { build: meanSquaredError, aliases: ["mse"] },
  root_mean_squared_error: { build: rootMeanSquaredError, aliases: ["rmse"] },
  mean_absolute_error: { build: meanAbsoluteError, aliases: ["mae"] },
  mean_absolute_percentage_error: { build: meanAbsolutePercentageError, aliases: ["mape"] },
  mean_squared_logarithmic_error: { build: meanSquaredLogarithmicError, aliases: ["msle"] },
  log_cosh_error: { build: logCoshError, aliases: ["log_cosh", "logcosh"] },
  cosine_similarity: { build: cosineSimilarity },
  r2_score: { build: r2Score },
  binary_crossentropy: { build: binaryCrossentropy, aliases: ["bce"] },
  categorical_crossentropy: { build: categoricalCrossentropy },
  sparse_categorical_crossentropy: { build: sparseCategoricalCrossentropy },
  kl_divergence: { build: klDivergence, aliases: ["kld"] },
  poisson: { build: poisson },
  hinge: { build: hinge },
  squared_hinge: { build: squaredHinge },
  categorical_hinge: { build: categoricalHinge },
} as const satisfies Record<MetricId, MetricRow>;

/** The id of a metric. */
export type MetricId =
  | "binary_accuracy"
  | "categorical_accuracy"
  | "sparse_categorical_accuracy"
  | "top_k_categorical_accuracy"
  | "sparse_top_k_categorical_accuracy"
  | "precision"
  | "recall"
  | "f1_score"
  | "auc"
  | "confusion_matrix"
  | "mean_squared_error"
  | "root_mean_squared_error"
  | "mean_absolute_error"
  | "mean_absolute_percentage_error"
  | "mean_squared_logarithmic_error"
  | "log_cosh_error"
  | "cosine_similarity"
  | "r2_score"
  | "binary_crossentropy"
  | "categorical_crossentropy"
  | "sparse_categorical_crossentropy"
  | "kl_divergence"
  | "poisson"
  | "hinge"
  | "squared_hinge"
  | "categorical_hinge";
