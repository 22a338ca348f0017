import type { Schedule } from "./schedule.ts";

/** Whether a learning rate is the schedule of that id and options: how a saved one is known again. */
export function isSameSchedule(
  rate: number | Schedule,
  { id, config }: { readonly id: string; readonly config?: Readonly<Record<string, unknown>> },
): boolean {
  return typeof rate !== "number" && rate.id === id &&
    JSON.stringify(rate.config ?? {}) === JSON.stringify(config ?? {});
}
