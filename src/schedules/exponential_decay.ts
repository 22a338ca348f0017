import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { power } from "../tensor/power.ts";
import type { Schedule } from "./schedule.ts";
import type { ScheduleRow } from "./schedule_row.ts";

/** Options of `exponentialDecay`. */
export interface ExponentialDecayOptions {
  /** The learning rate at step 0, >= 0. */
  initialLearningRate: number;
  /** After how many steps the rate has been multiplied by `decayRate` once, an integer >= 1. */
  decaySteps: number;
  /** The factor, > 0. */
  decayRate: number;
  /** Whether the rate stays constant for `decaySteps` steps at a time; false by default. */
  staircase?: boolean;
}

/**
 * rate = initialLearningRate · decayRate ^ p, p = step / decaySteps, rounded down if `staircase`.
 *
 * @param options Initial rate, steps, factor, staircase.
 * @returns The schedule.
 * @throws {RangeError} If an option is out of range.
 */
export function exponentialDecay(options: ExponentialDecayOptions): Schedule {
  const what = "create exponential_decay schedule";
  checkOptions(what, options, ["initialLearningRate", "decaySteps", "decayRate", "staircase"]);
  const given: Partial<ExponentialDecayOptions> = options ?? {};
  const initialLearningRate = checkNumber(what, "initialLearningRate", given.initialLearningRate, { min: 0 });
  const decaySteps = checkInteger(what, "decaySteps", given.decaySteps, { min: 1 });
  const decayRate = checkNumber(what, "decayRate", given.decayRate, { minExclusive: 0 });
  const staircase = checkBoolean(what, "staircase", given.staircase ?? false);
  return {
    id: "exponential_decay",
    config: { initialLearningRate, decaySteps, decayRate, staircase },
    at(step: number): number {
      const p = step / decaySteps;
      return initialLearningRate * power(decayRate, staircase ? Math.floor(p) : p);
    },
  };
}

/** Its row of the table. */
export const exponentialDecayRow: ScheduleRow = defineRow({ id: "exponential_decay", create: exponentialDecay });
