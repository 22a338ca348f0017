import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import type { StateValue } from "../tensor/state_value.ts";
import { type Tensor, tensor } from "../tensor/tensor.ts";
import type { Callback, FitParams, Logs, TrainedModel } from "../training/callback.ts";
import { checkVerbose } from "./check_verbose.ts";
import { Monitor, type MonitorMode } from "./monitor.ts";
import { printAction } from "./print_action.ts";
import { readCounters } from "./read_counters.ts";

/** Options of `earlyStopping`. */
export interface EarlyStoppingOptions {
  /** The name of the number to watch. Default `"val_loss"`. */
  monitor?: string;
  /** A change of no more than this is no improvement. Default 0. */
  minDelta?: number;
  /** After how many epochs without improvement training stops, an integer >= 0. Default 0: after the first. */
  patience?: number;
  /** 1: tell on stderr what was done. Default 0. */
  verbose?: 0 | 1;
  /** Whether lower or higher is better. Default `"auto"`: by the name of the metric. */
  mode?: MonitorMode;
  /** Epochs count as improvements only if they are better than this, too. Default: none. */
  baseline?: number | null;
  /** Whether the weights of the best epoch are restored when training ends, for whatever reason. Default false. */
  restoreBestWeights?: boolean;
  /** Epochs before this one, counted from 0, are not watched. Default 0. */
  startFromEpoch?: number;
}

const OPTIONS = [
  "monitor",
  "minDelta",
  "patience",
  "verbose",
  "mode",
  "baseline",
  "restoreBestWeights",
  "startFromEpoch",
];

/**
 * Stops training when a number has not improved for `patience` epochs in a row; NaN is no improvement. As in Keras, training
 * never stops after the very first epoch.
 *
 * @param options What to watch and how long to wait.
 * @returns The callback.
 * @throws {TypeError | RangeError} If an option is unknown or out of range. At the end of the first epoch, `fit` throws if
 *   there is no such number in the logs.
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): Callback {
  const what = "create earlyStopping callback";
  checkOptions(what, options, OPTIONS);
  const patience = checkInteger(what, "patience", options.patience ?? 0, { min: 0 });
  const baseline = options.baseline == null ? null : checkNumber(what, "baseline", options.baseline);
  const restoreBestWeights = checkBoolean(what, "restoreBestWeights", options.restoreBestWeights ?? false);
  const startFromEpoch = checkInteger(what, "startFromEpoch", options.startFromEpoch ?? 0, { min: 0 });
  const verbose = checkVerbose(what, options.verbose);
  const monitor = new Monitor("earlyStopping", options);
  let model!: TrainedModel;
  let best: number | null = null;
  let bestEpoch = 0;
  let bestWeights: Tensor[] | null = null;
  let wait = 0;
  let stoppedEpoch = 0;
  return {
    name: "earlyStopping",
    setModel(trained: TrainedModel): void {
      model = trained;
    },
    setParams(params: FitParams): void {
      monitor.setParams(params);
    },
    onTrainBegin(): void {
      best = null;
      bestEpoch = 0;
      bestWeights = null;
      wait = 0;
      stoppedEpoch = 0;
    },
    onEpochEnd(epoch: number, logs: Logs): void {
      const current = monitor.read(epoch, logs);
      if (current === null || epoch < startFromEpoch) return;
      wait++;
      if (monitor.isBetter(current, best)) {
        best = current;
        bestEpoch = epoch;
        if (restoreBestWeights) bestWeights = model.getWeights();
        if (monitor.isBetter(current, baseline)) wait = 0;
      } else if (wait >= patience && epoch > 0) {
        stoppedEpoch = epoch;
        model.stopTraining = true;
      }
    },
    onTrainEnd(): void {
      if (stoppedEpoch > 0 && verbose) printAction(`Epoch ${stoppedEpoch + 1}: early stopping`);
      if (bestWeights === null) return;
      if (verbose) printAction(`Restoring the weights of the best epoch, ${bestEpoch + 1}`);
      model.setWeights(bestWeights);
      bestWeights = null;
    },
    getState(): StateValue {
      const weights = bestWeights?.map(({ shape, data }) => ({ shape, data: Float32Array.from(data) })) ?? null;
      return { best, bestEpoch, wait, stoppedEpoch, weights };
    },
    setState(state: StateValue): void {
      ({ best, bestEpoch, wait, stoppedEpoch } = readCounters("earlyStopping", state, {
        best: "number or null",
        bestEpoch: "number",
        wait: "number",
        stoppedEpoch: "number",
      }));
      bestWeights = readWeights((state as { weights?: StateValue }).weights);
    },
  };
}

/** The weights of the best epoch out of a saved state. */
function readWeights(weights: StateValue | undefined): Tensor[] | null {
  if (!Array.isArray(weights)) return null;
  return (weights as { shape: number[]; data: Float32Array }[]).map(({ shape, data }) => tensor(data, shape));
}
