import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import type { StateValue } from "../tensor/state_value.ts";
import type { Callback, FitParams, Logs, TrainedModel } from "../training/callback.ts";
import { checkVerbose } from "./check_verbose.ts";
import { Monitor, type MonitorMode } from "./monitor.ts";
import { printAction } from "./print_action.ts";
import { readCounters } from "./read_counters.ts";
import { readLearningRate } from "./read_learning_rate.ts";

/** Options of `reduceLROnPlateau`. */
export interface ReduceLROnPlateauOptions {
  /** The name of the number to watch. Default `"val_loss"`. */
  monitor?: string;
  /** The learning rate is multiplied by this, >= 0 and < 1. Default 0.1. */
  factor?: number;
  /** After how many epochs without improvement, an integer >= 0. Default 10. */
  patience?: number;
  /** 1: tell on stderr what was done. Default 0. */
  verbose?: 0 | 1;
  /** Whether lower or higher is better. Default `"auto"`: by the name of the metric. */
  mode?: MonitorMode;
  /** A change of no more than this is no improvement. Default 1e-4. */
  minDelta?: number;
  /** How many epochs after a reduction are not counted, an integer >= 0. Default 0. */
  cooldown?: number;
  /** The learning rate does not go below this, >= 0. Default 0. */
  minLr?: number;
}

const OPTIONS = ["monitor", "factor", "patience", "verbose", "mode", "minDelta", "cooldown", "minLr"];

/**
 * Multiplies the learning rate by `factor` when a number has not improved for `patience` epochs (NaN is no improvement):
 * rate = max(minLr, rate · factor). Adds `learning_rate`, as it was during the epoch, to the logs. With groups of optimizers this is the
 * rate of the first group; the others are multiplied by what it is multiplied by.
 *
 * @param options What to watch, how long to wait, how much to reduce.
 * @returns The callback.
 * @throws {TypeError | RangeError} If an option is unknown or out of range. `fit` throws at its beginning if the learning rate
 *   is a schedule, and at the end of the first epoch if there is no such number in the logs.
 */
export function reduceLROnPlateau(options: ReduceLROnPlateauOptions = {}): Callback {
  const what = "create reduceLROnPlateau callback";
  checkOptions(what, options, OPTIONS);
  const factor = checkNumber(what, "factor", options.factor ?? 0.1, { min: 0, maxExclusive: 1 });
  const patience = checkInteger(what, "patience", options.patience ?? 10, { min: 0 });
  const cooldown = checkInteger(what, "cooldown", options.cooldown ?? 0, { min: 0 });
  const minLr = checkNumber(what, "minLr", options.minLr ?? 0, { min: 0 });
  const verbose = checkVerbose(what, options.verbose);
  const monitor = new Monitor("reduceLROnPlateau", { ...options, minDelta: options.minDelta ?? 1e-4 });
  let model!: TrainedModel;
  let best: number | null = null;
  let wait = 0;
  let cooldownLeft = 0;

  function reduce(epoch: number): void {
    const rate = readLearningRate(model, "reduceLROnPlateau");
    if (rate <= minLr) return;
    const reduced = Math.max(rate * factor, minLr);
    model.learningRate = reduced;
    cooldownLeft = cooldown;
    wait = 0;
    if (verbose) printAction(`Epoch ${epoch + 1}: reduceLROnPlateau reduces the learning rate to ${reduced}`);
  }

  return {
    name: "reduceLROnPlateau",
    setModel(trained: TrainedModel): void {
      model = trained;
    },
    setParams(params: FitParams): void {
      monitor.setParams(params);
    },
    onTrainBegin(): void {
      readLearningRate(model, "reduceLROnPlateau");
      best = null;
      wait = 0;
      cooldownLeft = 0;
    },
    onEpochEnd(epoch: number, logs: Logs): void {
      logs.learning_rate = readLearningRate(model, "reduceLROnPlateau");
      const current = monitor.read(epoch, logs);
      if (current === null) return;
      if (cooldownLeft > 0) {
        cooldownLeft--;
        wait = 0;
      }
      if (monitor.isBetter(current, best)) {
        best = current;
        wait = 0;
      } else if (cooldownLeft === 0 && ++wait >= patience) {
        reduce(epoch);
      }
    },
    getState: () => ({ best, wait, cooldownLeft }),
    setState(state: StateValue): void {
      ({ best, wait, cooldownLeft } = readCounters("reduceLROnPlateau", state, {
        best: "number or null",
        wait: "number",
        cooldownLeft: "number",
      }));
    },
  };
}
