import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkString } from "../errors/check_string.ts";
import { defineRow } from "../tables/define_row.ts";
import { halfCosine } from "./half_cosine.ts";
import type { Schedule } from "./schedule.ts";
import type { ScheduleRow } from "./schedule_row.ts";

/** Options of `oneCycle`. */
export interface OneCycleOptions {
  /** The highest learning rate, >= 0. */
  maxLearningRate: number;
  /** How many steps the cycle takes, an integer >= 2. */
  totalSteps: number;
  /** The part of the cycle in which the rate rises, from 0 to 1; 0.3 by default. */
  pctStart?: number;
  /** The form of rise and fall; `"cos"` by default. */
  annealStrategy?: "cos" | "linear";
  /** The cycle starts from maxLearningRate / divFactor; > 0, 25 by default. */
  divFactor?: number;
  /** The cycle ends at its start divided by this; > 0, 10,000 by default. */
  finalDivFactor?: number;
}

/**
 * The 1cycle policy: from maxLearningRate / divFactor up to maxLearningRate at step pctStart · totalSteps − 1, then down to
 * maxLearningRate / (divFactor · finalDivFactor) at step totalSteps − 1, where it stays. As PyTorch's OneCycleLR with
 * two phases; momentum is left alone.
 *
 * Source: Smith and Topin 2017, Super-convergence, arXiv:1708.07120.
 *
 * @param options Highest rate, steps, form.
 * @returns The schedule.
 * @throws {RangeError} If an option is out of range.
 */
export function oneCycle(options: OneCycleOptions): Schedule {
  const what = "create one_cycle schedule";
  const known = ["maxLearningRate", "totalSteps", "pctStart", "annealStrategy", "divFactor", "finalDivFactor"];
  checkOptions(what, options, known);
  const given: Partial<OneCycleOptions> = options ?? {};
  const maxLearningRate = checkNumber(what, "maxLearningRate", given.maxLearningRate, { min: 0 });
  const totalSteps = checkInteger(what, "totalSteps", given.totalSteps, { min: 2 });
  const pctStart = checkNumber(what, "pctStart", given.pctStart ?? 0.3, { min: 0, max: 1 });
  const annealStrategy = checkString(what, "annealStrategy", given.annealStrategy ?? "cos", ["cos", "linear"] as const);
  const divFactor = checkNumber(what, "divFactor", given.divFactor ?? 25, { minExclusive: 0 });
  const finalDivFactor = checkNumber(what, "finalDivFactor", given.finalDivFactor ?? 1e4, { minExclusive: 0 });
  const first = maxLearningRate / divFactor;
  const final = first / finalDivFactor;
  const peak = pctStart * totalSteps - 1;
  const last = totalSteps - 1;
  return {
    id: "one_cycle",
    config: { maxLearningRate, totalSteps, pctStart, annealStrategy, divFactor, finalDivFactor },
    at(step: number): number {
      const rises = peak > 0 && step <= peak;
      const from = rises ? first : maxLearningRate;
      const to = rises ? maxLearningRate : final;
      const p = rises ? step / peak : peak === last ? 1 : Math.min(1, (step - peak) / (last - peak));
      return annealStrategy === "cos" ? to + (from - to) * halfCosine(p) : from + (to - from) * p;
    },
  };
}

/** Its row of the table. */
export const oneCycleRow: ScheduleRow = defineRow({ id: "one_cycle", create: oneCycle });
