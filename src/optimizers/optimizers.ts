/**
 * Rules for the step from gradients to weights: `optimizers.adam({ learningRate: 0.003 })`. Names, defaults and update rules are
 * Keras 3's.
 *
 * @module
 */
export { sgd, type SgdOptions } from "./sgd.ts";
export { rmsprop, type RmspropOptions } from "./rmsprop.ts";
export { adam, type AdamOptions } from "./adam.ts";
export { adamw, type AdamwOptions } from "./adamw.ts";
export { adamax, type AdamaxOptions } from "./adamax.ts";
export { nadam, type NadamOptions } from "./nadam.ts";
export { adagrad, type AdagradOptions } from "./adagrad.ts";
export { adadelta, type AdadeltaOptions } from "./adadelta.ts";
export { lion, type LionOptions } from "./lion.ts";
export { lamb, type LambOptions } from "./lamb.ts";
export { ftrl, type FtrlOptions } from "./ftrl.ts";
export { adafactor, type AdafactorOptions } from "./adafactor.ts";
export { muon, type MuonOptions } from "./muon.ts";
export { adamScheduleFree, type AdamScheduleFreeOptions } from "./adam_schedule_free.ts";

export type { CommonOptions } from "./common_options.ts";
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
} from "./optimizer.ts";
