import { checkNumber } from "../errors/check_number.ts";
import { describeValue } from "../errors/describe_value.ts";
import { resolveSchedule, type ScheduleSpec } from "../schedules/resolve_schedule.ts";
import type { Schedule } from "../schedules/schedule.ts";

/**
 * Checks a learning rate: a number >= 0 that float32 can hold, or a schedule or its saved form, which is restored.
 *
 * @param what What is being done, as a verb phrase: `create sgd optimizer`.
 * @param value What the user gave.
 * @throws {TypeError} If it is none of these.
 * @throws {RangeError} If it is a negative number, not finite or too large, or there is no such schedule.
 */
export function checkLearningRate(what: string, value: number | ScheduleSpec): number | Schedule {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return resolveSchedule(value);
  return checkRate(what, "learningRate", value);
}

/**
 * Checks the learning rate that a schedule gives for a step.
 *
 * @param rate What the schedule gave.
 * @param schedule The schedule.
 * @param step The step, as the schedule counts: 0 for the first.
 * @throws {TypeError | RangeError} If it is no number >= 0 that float32 can hold: `Cannot take step 3: the learning rate of schedule
 *   "mine" must be a number >= 0, got NaN`.
 */
export function checkRateOfStep(rate: number, schedule: Schedule, step: number): number {
  if (typeof rate === "number" && rate >= 0 && Math.fround(rate) < Infinity) return rate;
  return checkRate(`take step ${step}`, `the learning rate of schedule ${describeValue(schedule.id)}`, rate);
}

function checkRate(what: string, name: string, value: unknown): number {
  const rate = checkNumber(what, name, value, { min: 0 });
  if (Math.fround(rate) < Infinity) return rate;
  throw new RangeError(`Cannot ${what}: ${name} must be a number that float32 can hold (up to 3.4e38), got ${rate}`);
}
