import type { AnyOptimizer } from "../optimizers/any_optimizer.ts";
import { isPopulation } from "../optimizers/population_optimizer.ts";
import { isSameSchedule } from "../schedules/is_same_schedule.ts";
import type { Schedule } from "../schedules/schedule.ts";

/**
 * Checks a learning rate for the first of several groups, to which the others keep their ratio; a single optimizer may have any, but one
 * without gradients has none.
 *
 * @returns The rate.
 * @throws {TypeError | RangeError} If the first group was compiled with a schedule, or with 0: then there is no ratio.
 */
export function checkLeadingRate(optimizer: AnyOptimizer, rate: number | Schedule): number | Schedule {
  const { learningRate: first } = optimizer;
  if (isPopulation(optimizer) && optimizer.inner === null && !isSame(rate, first)) {
    throw new TypeError(
      `Cannot set the learning rate: optimizer "${optimizer.id}" must be one that has it, but it uses no gradients; ` +
        "give its own rates schedules",
    );
  }
  if (!("groups" in optimizer) || isSame(rate, first) || (typeof first === "number" && first > 0)) return rate;
  const rule =
    "Cannot set the learning rate: that of the first group must be a number > 0, to which the others keep their ratio";
  if (typeof first === "number") throw new RangeError(`${rule}, got ${first} when the model was compiled`);
  throw new TypeError(`${rule}, got the schedule ${first.id} when the model was compiled`);
}

function isSame(a: number | Schedule, b: number | Schedule): boolean {
  if (typeof a === "number" || typeof b === "number") return a === b;
  return a === b || isSameSchedule(a, b);
}
