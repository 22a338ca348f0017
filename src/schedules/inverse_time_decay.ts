import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Schedule } from "./schedule.ts";
import type { ScheduleRow } from "./schedule_row.ts";

/** Options of `inverseTimeDecay`. */
export interface InverseTimeDecayOptions {
  /** The learning rate at step 0, >= 0. */
  initialLearningRate: number;
  /** How many steps count as one unit of time, an integer >= 1. */
  decaySteps: number;
  /** How fast the rate falls, >= 0. */
  decayRate: number;
  /** Whether the rate stays constant for `decaySteps` steps at a time; false by default. */
  staircase?: boolean;
}

/**
 * rate = initialLearningRate / (1 + decayRate · p), p = step / decaySteps, rounded down if `staircase`.
 *
 * @param options Initial rate, steps, decay, staircase.
 * @returns The schedule.
 * @throws {RangeError} If an option is out of range.
 */
export function inverseTimeDecay(options: InverseTimeDecayOptions): Schedule {
  const what = "create inverse_time_decay schedule";
  checkOptions(what, options, ["initialLearningRate", "decaySteps", "decayRate", "staircase"]);
  const given: Partial<InverseTimeDecayOptions> = options ?? {};
  const initialLearningRate = checkNumber(what, "initialLearningRate", given.initialLearningRate, { min: 0 });
  const decaySteps = checkInteger(what, "decaySteps", given.decaySteps, { min: 1 });
  const decayRate = checkNumber(what, "decayRate", given.decayRate, { min: 0 });
  const staircase = checkBoolean(what, "staircase", given.staircase ?? false);
  return {
    id: "inverse_time_decay",
    config: { initialLearningRate, decaySteps, decayRate, staircase },
    at(step: number): number {
      const p = step / decaySteps;
      return initialLearningRate / (1 + decayRate * (staircase ? Math.floor(p) : p));
    },
  };
}

/** Its row of the table. */
export const inverseTimeDecayRow: ScheduleRow = defineRow({ id: "inverse_time_decay", create: inverseTimeDecay });
