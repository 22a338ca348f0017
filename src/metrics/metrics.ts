/**
 * Metrics: numbers to watch while a model trains. Each factory takes options and yields a metric for `compile`.
 *
 * @module
 */
export { binaryAccuracy, type BinaryAccuracyOptions } from "./binary_accuracy.ts";
export { categoricalAccuracy } from "./categorical_accuracy.ts";
export { sparseCategoricalAccuracy } from "./sparse_categorical_accuracy.ts";
export { topKCategoricalAccuracy, type TopKOptions } from "./top_k_categorical_accuracy.ts";
export { sparseTopKCategoricalAccuracy } from "./sparse_top_k_categorical_accuracy.ts";
export { precision } from "./precision.ts";
export { recall } from "./recall.ts";
export { type F1Average, type F1Options, f1Score } from "./f1_score.ts";
export { auc } from "./auc.ts";
export { confusionMatrix, type ConfusionMatrixOptions } from "./confusion_matrix.ts";
export { meanSquaredError } from "./mean_squared_error.ts";
export { rootMeanSquaredError } from "./root_mean_squared_error.ts";
export { meanAbsoluteError } from "./mean_absolute_error.ts";
export { meanAbsolutePercentageError } from "./mean_absolute_percentage_error.ts";
export { meanSquaredLogarithmicError } from "./mean_squared_logarithmic_error.ts";
export { logCoshError } from "./log_cosh_error.ts";
export { cosineSimilarity } from "./cosine_similarity.ts";
export { type R2Aggregation, type R2Options, r2Score } from "./r2_score.ts";
export { binaryCrossentropy, type CrossentropyOptions } from "./binary_crossentropy.ts";
export { categoricalCrossentropy } from "./categorical_crossentropy.ts";
export { sparseCategoricalCrossentropy, type SparseCrossentropyOptions } from "./sparse_categorical_crossentropy.ts";
export { klDivergence } from "./kl_divergence.ts";
export { poisson } from "./poisson.ts";
export { hinge } from "./hinge.ts";
export { squaredHinge } from "./squared_hinge.ts";
export { categoricalHinge } from "./categorical_hinge.ts";

export type { AucOptions } from "./check_auc_options.ts";
export type { CountOptions } from "./check_count_options.ts";
export type { AucCurve, AucSummation } from "./measure_area.ts";
export type { Metric, MetricBatch, MetricOptions, MetricResult, MetricState } from "./metric.ts";
export type { CustomMetric, MetricName, MetricSpec } from "./resolve_metric.ts";
