import type { Json } from "../tensor/json.ts";
import { scheduleTable } from "./gen/table.ts";
import type { Schedule } from "./schedule.ts";

/** The saved form of a schedule: its id and options, and `custom: true` where it is not one of this library. */
export function saveSchedule({ id, config }: Pick<Schedule, "id"> & Partial<Schedule>): Json {
  return { id, config: config ?? {}, ...(Object.hasOwn(scheduleTable, id) ? {} : { custom: true }) };
}
