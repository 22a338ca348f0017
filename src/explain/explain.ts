/**
 * Seeing a network learn: every value and every derivative of a pass through a model, and its layers while it trains.
 *
 * ```ts
 * import { layers, sequential } from "retroprop";
 * import { trace } from "retroprop/explain";
 *
 * const model = sequential([layers.dense({ units: 1, activation: "sigmoid", inputShape: [2], name: "only" })], { seed: 1 });
 * model.compile({ optimizer: "sgd", loss: "mean_squared_error" });
 * trace(model, [[0.1, 0.5]], [[0]]).nodes.map(({ name }) => name).includes("only/z"); // true
 * ```
 *
 * @module
 */
export { type Trace, trace, type TraceCall, type TraceNode, type TraceOptions } from "./trace/trace.ts";
export type { AnyModel } from "./trace/internals_of.ts";
export { type Sharpness, sharpness, type SharpnessOptions } from "./curvature/sharpness.ts";
export type { DisplayBundle } from "../drawing/display_bundle.ts";
export type { Drawing } from "../drawing/drawing.ts";
export { LayerWatch, watch, type WatchOptions } from "./watch/watch.ts";
export type { EpochStatistics, LayerStatistics, ValueStatistics } from "../training/layer_statistics.ts";
export { explain, type ExplainOptions } from "./chain/explain.ts";
export type { Explanation, ExplanationData } from "./chain/explanation.ts";
export type { LayerRows, UnitRow, WeightRow } from "./chain/describe_network.ts";
export type { IndexOrder } from "./chain/names.ts";
export type { OptimizerStep, OptimizerStepData, StepRow } from "./chain/optimizer_step.ts";
export type { PassStep, PassStepData } from "./chain/pass_step.ts";
export type { PreviewedStep, ReplacedWeight } from "./chain/preview_step.ts";
export type { WeightPath, WeightPathData, WeightPathGroup } from "./chain/weight_path.ts";
export type { Language } from "../drawing/language.ts";
export { type HalfLevel, type Trap, trap, type TrapKind, type TrapOptions } from "./curvature/trap.ts";
export { compareRates } from "./curvature/compare_rates.ts";
export type { CompareRatesOptions } from "./curvature/train_rates.ts";
export type { RateComparison, RateNumbers, RateResult, RateRun } from "./curvature/rate_comparison.ts";
export type { RateVerdict } from "./curvature/judge_rate.ts";
export { series } from "./curvature/series.ts";
export type { SeriesOptions } from "./curvature/train_series.ts";
export type { Boundary, Series, SeriesCell } from "./curvature/series_drawing.ts";
export type { Field } from "./curvature/field.ts";
export { lossPlane } from "./curvature/loss_plane.ts";
export type { LossPlaneOptions } from "./curvature/find_plane.ts";
export type { LossPlane, PlaneAxis, PlanePath, PlanePoint } from "./curvature/loss_plane_drawing.ts";
export { recordPath, type RecordPathOptions, type TrainingPath } from "./curvature/record_path.ts";
export { diagnose, type DiagnoseData, type DiagnoseOptions } from "./diagnose/diagnose.ts";
export { Diagnosis } from "./diagnose/diagnosis.ts";
export type { Change, Finding, Remedy, RuleName } from "./diagnose/finding.ts";
export type { FailedFit, HistoryLike, WatchLike } from "./diagnose/read_progress.ts";
export { tryRemedies, type TryRemediesOptions } from "./diagnose/try_remedies.ts";
export { type Tried, TriedRemedies } from "./diagnose/tried_remedies.ts";
export type { DocumentDrawing } from "../drawing/document.ts";
export type { StepOptions } from "./chain/with_optimizer.ts";
export type { SentencesDrawing } from "../drawing/sentences_drawing.ts";
