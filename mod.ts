/**
 * Neural networks for Deno and TypeScript: Keras's layers, losses and optimizers on SIMD kernels in WebAssembly.
 *
 * ```ts
 * import { layers, optimizers, sequential } from "retroprop";
 *
 * const model = sequential([
 *   layers.dense({ units: 7, activation: "sigmoid", inputShape: [2] }),
 *   layers.dense({ units: 1, activation: "sigmoid" }),
 * ], { seed: 7 });
 * model.compile({ optimizer: optimizers.sgd({ learningRate: 4.5 }), loss: "binary_crossentropy" });
 * const x = [[0, 0], [0, 1], [1, 0], [1, 1]];
 * await model.fit(x, [0, 1, 1, 0], { epochs: 200, batchSize: 4, verbose: 0 });
 * model.predict(x).toArray();
 * ```
 *
 * @module
 */
import "./src/models/rebuild_model.ts";
// At run time the namespaces are objects that say what to write instead of a name they do not have.
// @ts-types="./src/facade/namespaces.ts"
export {
  activations,
  callbacks,
  constraints,
  formulas,
  initializers,
  layers,
  losses,
  metrics,
  ops,
  optimizers,
  plot,
  pruners,
  regularizers,
  samplers,
  schedules,
} from "./src/facade/guarded_namespaces.ts";
export { FileFormatError } from "./src/files/file_format_error.ts";
export { type IdxData, readIdx } from "./src/files/read_idx.ts";
export { init } from "./src/kernels/kernel_module.ts";
export type { Numerics } from "./src/kernels/numerics.ts";
export { checkGradients, type GradientCheck, type GradientReport } from "./src/models/check_gradients.ts";
export { compileModel, type CompileModelOptions } from "./src/export/compile_model.ts";
export { compileStepper, type CompileStepperOptions } from "./src/export/compile_stepper.ts";
export { type CompiledDescription, describeCompiled } from "./src/export/describe_compiled.ts";
export { printStep, type PrintStepOptions } from "./src/models/print_step.ts";
export { printFormula } from "./src/formula/print_formula.ts";
export { Stepper, stepper, type StepperOptions, type StepperState } from "./src/models/stepper.ts";
export { toModule, type ToModuleOptions } from "./src/export/to_module.ts";
export type { AccuracyReport, CompiledWeights, Port } from "./src/files/compiled_format.ts";
export type { EdgeSpecifier } from "./src/kernels/gen/edge_kernels.ts";
export { loadModel, type LoadOptions } from "./src/models/load_model.ts";
export { FunctionalModel, model, type ModelEnds, type PredictionsOf } from "./src/models/functional_model.ts";
export type { TrainableModel } from "./src/models/trainable_model.ts";
export type { Predictions } from "./src/models/form_outputs.ts";
export type { LayerOutputs } from "./src/models/read_ports.ts";
export { Sequential, sequential } from "./src/models/sequential.ts";
export { input, type InputLayerOptions } from "./src/layers/input_layer.ts";
export { choice } from "./src/search/space/choice.ts";
export { conditional } from "./src/search/space/conditional.ts";
export { constant } from "./src/search/space/constant.ts";
export { gridSearch } from "./src/search/engine/grid_search.ts";
export { integer } from "./src/search/space/integer.ts";
export { JournalError } from "./src/search/journal/journal_error.ts";
export { logUniform } from "./src/search/space/log_uniform.ts";
export { type JournalContent, readJournal } from "./src/search/journal/read_journal.ts";
export { search } from "./src/search/engine/search.ts";
export { type BestTrial, SearchResult } from "./src/search/report/search_result.ts";
export { uniform } from "./src/search/space/uniform.ts";
export { bucketByLength, type BucketByLengthOptions, BucketedSequences } from "./src/data/bucket_by_length.ts";
export { padSequences, type PadSequencesOptions } from "./src/data/pad_sequences.ts";
export { TimeSeries, timeSeries, type TimeSeriesOptions } from "./src/data/time_series.ts";
export { Tensor, tensor } from "./src/tensor/tensor.ts";
export { NonFiniteError } from "./src/training/non_finite_error.ts";
export type { History } from "./src/training/history.ts";

// The types that these mention.
export type { SequenceBatch } from "./src/data/bucket_by_length.ts";
export type { Sequences } from "./src/data/read_sequences.ts";
export type { WindowBatch } from "./src/data/time_series.ts";
export type { SteppedLayer, StepTracing } from "./src/layers/step_tracing.ts";
export type { CheckGradientsOptions } from "./src/models/check_gradients.ts";
export type { LayerSource, ModelParts } from "./src/models/model_parts.ts";
export type { ModelSource } from "./src/models/read_model_source.ts";
export type { CustomParts, LayerFactory, PartFactory } from "./src/models/custom_parts.ts";
export type { PartResolver } from "./src/layers/part_resolver.ts";
export type { LayerSpec } from "./src/layers/read_layer.ts";
export type {
  CompileOptions,
  EvaluateOptions,
  FitOptions,
  MetricOption,
  MetricOptions,
  ModelOptions,
  OutputMetrics,
  PredictOptions,
  TestOnBatchOptions,
  TrainOnBatchOptions,
  ValidationData,
} from "./src/models/options.ts";
export type {
  CustomObjective,
  MetricObjective,
  ObjectiveFunction,
  ObjectiveOption,
} from "./src/models/read_objective.ts";
export type { ObjectiveValues } from "./src/training/own_selection.ts";
export type { PopulationMember } from "./src/models/list_population.ts";
export type { OptimizerGroupSpec } from "./src/models/resolve_groups.ts";
export type { Gradients } from "./src/models/model_gradients.ts";
export type { EpochStatistics, LayerStatistics, ValueStatistics } from "./src/training/layer_statistics.ts";
export type { BatchShape, ModelBase, ModelOptimizer } from "./src/models/model_base.ts";
export type { WeightInfo, WeightsInput } from "./src/models/set_weights.ts";
export type { MetricResult } from "./src/metrics/metric.ts";
export type { Schedule } from "./src/schedules/schedule.ts";
export type { CallOptionName, CallOptionsOf } from "./src/layers/call_options.ts";
export type { CalledLayer, CallOptions, IndexUse, LayerNode, LayerOutput } from "./src/layers/layer_output.ts";
export type { Composing } from "./src/compose/composing.ts";
export type { Ops } from "./src/compose/all_ops.ts";
export type { InnerCall, Tracing } from "./src/layers/tracing.ts";
export type { WeightSpec } from "./src/layers/weight_spec.ts";
export { Layer, type LayerOptions } from "./src/layers/layer.ts";
export type { Activation } from "./src/activations/activation.ts";
export type { LibraryActivationSpec } from "./src/activations/resolve_activation.ts";
export type { CustomActivation } from "./src/layers/custom_activation.ts";
export type { ActivationSpec } from "./src/layers/read_activation.ts";
export type { ActivationAlias, ActivationName } from "./src/activations/gen/table.ts";
export type { ConstraintSpec } from "./src/constraints/resolve_constraint.ts";
export type { ConstraintAlias, ConstraintName } from "./src/constraints/gen/table.ts";
export type { InitializerSpec } from "./src/initializers/resolve_initializer.ts";
export type { InitializerAlias, InitializerName } from "./src/initializers/gen/table.ts";
export type { RegularizerSpec } from "./src/regularizers/resolve_regularizer.ts";
export type { RegularizerName } from "./src/regularizers/gen/table.ts";
export type { Constraint } from "./src/constraints/constraint.ts";
export type { CamelCase, EitherSpelling } from "./src/errors/either_spelling.ts";
export type { Expression } from "./src/formula/expression.ts";
export type { Formula } from "./src/formula/formula.ts";
export type { PrimitiveName } from "./src/formula/primitives.ts";
export type { Graph } from "./src/graph/graph.ts";
export type { Initializer } from "./src/initializers/initializer.ts";
export type { CustomLoss } from "./src/losses/custom_loss.ts";
export type { LabelKind, Loss } from "./src/losses/loss.ts";
export type { Reduction } from "./src/losses/reduction.ts";
export type { LossSpec } from "./src/losses/resolve_loss.ts";
export type { LossAlias, LossName } from "./src/losses/gen/table.ts";
export type { Metric, MetricBatch, MetricState } from "./src/metrics/metric.ts";
export type { ComposedMetric } from "./src/metrics/composed_metric.ts";
export type { CustomMetric, MetricName, MetricSpec } from "./src/metrics/resolve_metric.ts";
export type { MetricAlias, MetricId } from "./src/metrics/gen/table.ts";
export type {
  CommonConfig,
  FusedOptimizer,
  Optimizer,
  OptimizerBase,
  Slot,
  StepInputs,
  StepResult,
  TracedOptimizer,
  Trained,
} from "./src/optimizers/optimizer.ts";
export type { PopulationOptimizer } from "./src/optimizers/population_optimizer.ts";
export type { Draws } from "./src/evolution/draws.ts";
export type { Population } from "./src/evolution/population.ts";
export type { Generation, PopulationRule, Rows } from "./src/evolution/population_rule.ts";
export type { OptimizerGroup, OptimizerGroups } from "./src/optimizers/optimizer_groups.ts";
export type { OptimizerSpec } from "./src/optimizers/resolve_optimizer.ts";
export type { OptimizerName } from "./src/optimizers/gen/table.ts";
export type { Regularizer } from "./src/regularizers/regularizer.ts";
export type { RandomStream } from "./src/tensor/random_stream.ts";
export type { Attributes, Builder, Symbolic } from "./src/tensor/symbolic.ts";
export type { PixelData } from "./src/tensor/pixel_data.ts";
export type { Json } from "./src/tensor/json.ts";
export type { OpenShape } from "./src/tensor/open_shape.ts";
export type { Shape } from "./src/tensor/shape.ts";
export type { NestedArray, NestedInput, ShapedData, TensorInput, TypedArray } from "./src/tensor/tensor_input.ts";
export type { Dtype } from "./src/tensor/dtype.ts";
export type { NestedRaw, RawInput, RawTensor } from "./src/tensor/raw_tensor.ts";
export type { StateValue } from "./src/tensor/state_value.ts";
export type {
  Callback,
  Evaluation,
  FitParams,
  Logs,
  NumberName,
  RunningFit,
  TrainedModel,
  TrainEnd,
} from "./src/training/callback.ts";
export type {
  DataInput,
  DataInputs,
  DataStream,
  EpochSetter,
  SampleBatch,
  SampleInput,
  SampleInputs,
  SampleWeight,
  SampleWeights,
  StreamBatch,
} from "./src/data/data_input.ts";
export type { Workers } from "./src/training/threads.ts";
export type { Axis } from "./src/search/space/axis.ts";
export type { PlainOf } from "./src/search/space/conditional.ts";
export type {
  Choice,
  Condition,
  Conditional,
  Constant,
  Dimension,
  IntegerRange,
  LogUniformRange,
  PlainDimension,
  UniformRange,
} from "./src/search/space/dimension.ts";
export type { ParameterImportance } from "./src/search/report/importance.ts";
export type { IntegerOptions } from "./src/search/space/integer.ts";
export type { Fingerprint } from "./src/search/journal/name_difference.ts";
export type { Params, ParamValue } from "./src/search/space/params.ts";
export type {
  OrderDependence,
  PeerTrial,
  Pruner,
  PrunerContext,
  Review,
  ReviewContext,
  ReviewedTrial,
  Verdict,
} from "./src/search/pruners/pruner.ts";
export type { PrunerSpec } from "./src/search/pruners/resolve_pruner.ts";
export type { PrunerName } from "./src/search/pruners/gen/table.ts";
export type { RangeOptions } from "./src/search/space/range_options.ts";
export type { Direction, FinishedTrial, Sampler, SamplerContext } from "./src/search/samplers/sampler.ts";
export type {
  BuildContext,
  GridSearchOptions,
  PerTrial,
  SearchOptions,
  TrialDiagnosis,
} from "./src/search/engine/search_options.ts";
export type { SamplerSpec } from "./src/search/samplers/resolve_sampler.ts";
export type { SamplerName } from "./src/search/samplers/gen/table.ts";
export type { Forbidden, Parameter, ParamsOf, ResolvedSpace, Space, ValueOf, Widen } from "./src/search/space/space.ts";
export type { Trial, TrialRun, TrialStatus } from "./src/search/trials/trial.ts";
export type { JournalOptions } from "./src/search/journal/open_journal.ts";
export type { FoldValidation, GivenValidation, SplitValidation, Validation } from "./src/search/engine/validation.ts";
