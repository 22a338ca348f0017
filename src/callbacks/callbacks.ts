/**
 * Callbacks: functions that are called while a model trains. Each factory takes Keras 3's options, in camelCase.
 * Any object with some of the functions of `Callback` will do as well.
 *
 * @module
 */
export { backupAndRestore, type BackupAndRestoreOptions } from "./backup_and_restore.ts";
export type { SaveFreq } from "./check_save_freq.ts";
export { csvLogger, type CsvLoggerOptions } from "./csv_logger.ts";
export { earlyStopping, type EarlyStoppingOptions } from "./early_stopping.ts";
export { lambdaCallback } from "./lambda_callback.ts";
export {
  type EpochSchedule,
  learningRateScheduler,
  type LearningRateSchedulerOptions,
} from "./learning_rate_scheduler.ts";
export { modelCheckpoint, type ModelCheckpointOptions } from "./model_checkpoint.ts";
export type { MonitorMode } from "./monitor.ts";
export { reduceLROnPlateau, type ReduceLROnPlateauOptions } from "./reduce_lr_on_plateau.ts";
export { terminateOnNaN } from "./terminate_on_nan.ts";
export type { StateValue } from "../tensor/state_value.ts";
export type {
  Callback,
  FitData,
  FitParams,
  Logs,
  NumberName,
  RunningFit,
  TrainedModel,
  TrainEnd,
} from "../training/callback.ts";
