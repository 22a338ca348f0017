import { describeValue } from "../errors/describe_value.ts";
import { findRow } from "../tables/find_row.ts";
import { scheduleTable } from "./gen/table.ts";
import type { Schedule } from "./schedule.ts";

/** What is taken where a schedule is asked for: a schedule or its saved form. A name alone has no options to go by. */
export type ScheduleSpec = Schedule | Pick<Schedule, "id" | "config">;

/**
 * The schedule that a saved form or a schedule stands for.
 *
 * @param spec `{ id, config }`, the id in either spelling, or a schedule, which comes back as it is.
 * @returns The schedule.
 * @throws {RangeError} If there is no schedule of that name; the message lists those that exist.
 * @throws {TypeError} If it is none of these, or has an unknown option.
 */
export function resolveSchedule(spec: ScheduleSpec): Schedule {
  if (typeof spec === "object" && spec !== null && "id" in spec) {
    if ("at" in spec && typeof spec.at === "function") return spec;
    return findRow("schedule", spec.id, scheduleTable).create(spec.config); // every factory checks its options
  }
  const rule = "a schedule must be an object from schedules.*, or { id, config }";
  throw new TypeError(`Cannot resolve schedule: ${rule}, got ${describeValue(spec)}`);
}
