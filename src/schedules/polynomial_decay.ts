import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { power as raise } from "../tensor/power.ts";
import type { Schedule } from "./schedule.ts";
import type { ScheduleRow } from "./schedule_row.ts";

/** Options of `polynomialDecay`. */
export interface PolynomialDecayOptions {
  /** The learning rate at step 0, >= 0. */
  initialLearningRate: number;
  /** After how many steps the end is reached, an integer >= 1. */
  decaySteps: number;
  /** The learning rate at the end, >= 0; 0.0001 by default. */
  endLearningRate?: number;
  /** The exponent, > 0; 1 (a straight line) by default. */
  power?: number;
  /** Whether the rate rises again at the end and falls over longer and longer spans; false by default. */
  cycle?: boolean;
}

/**
 * rate = (initialLearningRate − endLearningRate) · (1 − s / d) ^ power + endLearningRate, with d = decaySteps and
 * s = min(step, d). With `cycle`, s = step and d is the smallest multiple of decaySteps, at least one, that is >= step.
 *
 * @param options Initial rate, steps, end, power, cycle.
 * @returns The schedule.
 * @throws {RangeError} If an option is out of range.
 */
export function polynomialDecay(options: PolynomialDecayOptions): Schedule {
  const what = "create polynomial_decay schedule";
  checkOptions(what, options, ["initialLearningRate", "decaySteps", "endLearningRate", "power", "cycle"]);
  const given: Partial<PolynomialDecayOptions> = options ?? {};
  const initialLearningRate = checkNumber(what, "initialLearningRate", given.initialLearningRate, { min: 0 });
  const decaySteps = checkInteger(what, "decaySteps", given.decaySteps, { min: 1 });
  const endLearningRate = checkNumber(what, "endLearningRate", given.endLearningRate ?? 0.0001, { min: 0 });
  const power = checkNumber(what, "power", given.power ?? 1, { minExclusive: 0 });
  const cycle = checkBoolean(what, "cycle", given.cycle ?? false);
  return {
    id: "polynomial_decay",
    config: { initialLearningRate, decaySteps, endLearningRate, power, cycle },
    at(step: number): number {
      const span = cycle ? decaySteps * Math.max(1, Math.ceil(step / decaySteps)) : decaySteps;
      const p = Math.min(step, span) / span;
      return (initialLearningRate - endLearningRate) * raise(1 - p, power) + endLearningRate;
    },
  };
}

/** Its row of the table. */
export const polynomialDecayRow: ScheduleRow = defineRow({ id: "polynomial_decay", create: polynomialDecay });
