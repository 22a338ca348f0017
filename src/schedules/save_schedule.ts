import type { Json } from "../tensor/json.ts";
import type { Schedule } from "./schedule.ts";
import { SCHEDULES } from "./table.ts";

/** The saved form of a schedule: its id and options, and `custom: true` where it is not one of this library. */
export function saveSchedule({ id, config }: Pick<Schedule, "id"> & Partial<Schedule>): Json {
  return { id, config: config ?? {}, ...(Object.hasOwn(SCHEDULES, id) ? {} : { custom: true }) };
}
