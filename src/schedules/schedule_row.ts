import type { Row } from "../tables/row.ts";
import type { Schedule } from "./schedule.ts";

/** One row of the table of schedules. */
export type ScheduleRow = Row<object, Schedule>;
