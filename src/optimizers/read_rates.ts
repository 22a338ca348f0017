import { checkNumber } from "../errors/check_number.ts";
import { resolveSchedule, type ScheduleSpec } from "../schedules/resolve_schedule.ts";
import type { Schedule } from "../schedules/schedule.ts";

/** A rate: a number, or a schedule that gives it from the number of steps taken before. */
export type Rate = number | ScheduleSpec;

/** Between which numbers a rate may be, as `checkNumber` takes it. */
export type RateRange = NonNullable<Parameters<typeof checkNumber>[3]>;

/** Checks a rate: a number in its range, or a schedule. @throws {TypeError | RangeError} If it is neither. */
export function readRate(what: string, name: string, value: Rate, range: RateRange): number | Schedule {
  if (typeof value === "object" && value !== null) return resolveSchedule(value);
  return checkNumber(what, name, value, range);
}
