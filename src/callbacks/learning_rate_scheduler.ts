import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { describeValue } from "../errors/describe_value.ts";
import type { Callback, Logs, TrainedModel } from "../training/callback.ts";
import { checkVerbose } from "./check_verbose.ts";
import { printAction } from "./print_action.ts";
import { readLearningRate } from "./read_learning_rate.ts";

/** A learning rate for an epoch, from the epoch (the first is 0) and the learning rate so far. */
export type EpochSchedule = (epoch: number, learningRate: number) => number;

/** Options of `learningRateScheduler`. */
export interface LearningRateSchedulerOptions {
  /** Gives the learning rate of an epoch. */
  schedule: EpochSchedule;
  /** 1: tell on stderr what was set. Default 0. */
  verbose?: 0 | 1;
}

/**
 * Sets the learning rate at the beginning of every epoch to what a function says, and adds it to the logs as `learning_rate`. With groups
 * of optimizers this is the rate of the first group; the others keep their ratio to it.
 *
 * @param options The function, alone or with options.
 * @returns The callback.
 * @throws {TypeError} If the schedule is not a function. `fit` throws if the learning rate is a schedule of the optimizer's,
 *   or the function gives anything but a finite number >= 0.
 */
export function learningRateScheduler(options: EpochSchedule | LearningRateSchedulerOptions): Callback {
  const what = "create learningRateScheduler callback";
  const given: Partial<LearningRateSchedulerOptions> = typeof options === "function" ? { schedule: options } : options;
  checkOptions(what, given, ["schedule", "verbose"]);
  const schedule = given?.schedule;
  if (typeof schedule !== "function") {
    throw new TypeError(`Cannot ${what}: schedule must be a function, got ${describeValue(schedule)}`);
  }
  const verbose = checkVerbose(what, given.verbose);
  let model!: TrainedModel;
  return {
    setModel(trained: TrainedModel): void {
      model = trained;
    },
    onEpochBegin(epoch: number): void {
      const wanted = schedule(epoch, readLearningRate(model, "learningRateScheduler"));
      const where = `set the learning rate of epoch ${epoch + 1}`;
      const rate = checkNumber(where, "what the schedule returns", wanted, { min: 0 });
      model.learningRate = rate;
      if (verbose) printAction(`Epoch ${epoch + 1}: learningRateScheduler sets the learning rate to ${rate}`);
    },
    onEpochEnd(_epoch: number, logs: Logs): void {
      logs.learning_rate = readLearningRate(model, "learningRateScheduler");
    },
  };
}
