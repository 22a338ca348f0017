import { checkNumber } from "../errors/check_number.ts";
import { resolveSchedule, type ScheduleSpec } from "../schedules/resolve_schedule.ts";
import type { Schedule } from "../schedules/schedule.ts";

/**
 * Checks a learning rate: a number >= 0, or a schedule or its saved form, which is restored.
 *
 * @param what What is being done, as a verb phrase: `create sgd optimizer`.
 * @param value What the user gave.
 * @throws {TypeError} If it is none of these.
 * @throws {RangeError} If it is a negative number or not finite, or there is no such schedule.
 */
export function checkLearningRate(what: string, value: number | ScheduleSpec): number | Schedule {
  if (typeof value === "object" && value !== null) return resolveSchedule(value);
  return checkNumber(what, "learningRate", value, { min: 0 });
}
