/**
 * Metrics: numbers to watch while a model trains. Each factory takes options and yields a metric for `compile`.
 *
 * @module
 */
export { auc } from "./auc.ts";
export { binaryAccuracy } from "./binary_accuracy.ts";
export { binaryCrossentropy } from "./binary_crossentropy.ts";
export { categoricalAccuracy } from "./categorical_accuracy.ts";
export { categoricalCrossentropy } from "./categorical_crossentropy.ts";
export { categoricalHinge } from "./categorical_hinge.ts";
export { confusionMatrix } from "./confusion_matrix.ts";
export { cosineSimilarity } from "./cosine_similarity.ts";
export { f1Score } from "./f1_score.ts";
export { hinge } from "./hinge.ts";
export { klDivergence } from "./kl_divergence.ts";
export { logCoshError } from "./log_cosh_error.ts";
export { meanAbsoluteError } from "./mean_absolute_error.ts";
export { meanAbsolutePercentageError } from "./mean_absolute_percentage_error.ts";
export { meanSquaredError } from "./mean_squared_error.ts";
export { meanSquaredLogarithmicError } from "./mean_squared_logarithmic_error.ts";
export { poisson } from "./poisson.ts";
export { precision } from "./precision.ts";
export { r2Score } from "./r2_score.ts";
export { recall } from "./recall.ts";
export { rootMeanSquaredError } from "./root_mean_squared_error.ts";
export { sparseCategoricalAccuracy } from "./sparse_categorical_accuracy.ts";
export { sparseCategoricalCrossentropy } from "./sparse_categorical_crossentropy.ts";
export { sparseTopKCategoricalAccuracy } from "./sparse_top_k_categorical_accuracy.ts";
export { squaredHinge } from "./squared_hinge.ts";
export { topKCategoricalAccuracy } from "./top_k_categorical_accuracy.ts";

export type { BinaryAccuracyOptions } from "./binary_accuracy.ts";
export type { CrossentropyOptions } from "./binary_crossentropy.ts";
export type { AucOptions } from "./check_auc_options.ts";
export type { CountOptions } from "./check_count_options.ts";
export type { ConfusionMatrixOptions } from "./confusion_matrix.ts";
export type { F1Average, F1Options } from "./f1_score.ts";
export type { AucCurve, AucSummation } from "./measure_area.ts";
export type { Metric, MetricBatch, MetricOptions, MetricResult, MetricState } from "./metric.ts";
export type { R2Aggregation, R2Options } from "./r2_score.ts";
export type { CustomMetric, MetricName, MetricSpec } from "./resolve_metric.ts";
export type { SparseCrossentropyOptions } from "./sparse_categorical_crossentropy.ts";
export type { TopKOptions } from "./top_k_categorical_accuracy.ts";
