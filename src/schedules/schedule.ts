import type { Json } from "../tensor/json.ts";

/** A learning rate that changes with the step. Schedules are plain values: `id` and `config` are their saved form. */
export interface Schedule {
  /** The name in the table of schedules, snake_case. */
  readonly id: string;
  /** The options in full, as JSON; `resolveSchedule({ id, config })` restores the schedule. */
  readonly config: Readonly<Record<string, Json>>;
  /**
   * The learning rate of a step.
   *
   * @param step The number of batches trained on before, 0 for the first: that of optimizer steps, unless gradients are accumulated.
   * @returns The learning rate.
   */
  at(step: number): number;
}
