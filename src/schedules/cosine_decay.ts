import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { halfCosine } from "./half_cosine.ts";
import type { Schedule } from "./schedule.ts";
import type { ScheduleRow } from "./schedule_row.ts";

/** Options of `cosineDecay`. */
export interface CosineDecayOptions {
  /** The learning rate at step 0, >= 0. */
  initialLearningRate: number;
  /** How many steps the decay takes, without the warm-up, an integer >= 1. */
  decaySteps: number;
  /** The final learning rate as a fraction of the one the decay starts from; 0 by default. */
  alpha?: number;
  /** The learning rate that the warm-up ends at, >= 0. By default there is no warm-up; null means the same. */
  warmupTarget?: number | null;
  /** How many steps the warm-up takes, an integer >= 0; 0 by default. Without `warmupTarget` it has no effect. */
  warmupSteps?: number;
}

/**
 * Warm-up: rate = initial + (target − initial) · step / warmupSteps while step < warmupSteps. Then, with top = target
 * (or initial, without a warm-up) and p = min(1, (step − warmupSteps) / decaySteps):
 * rate = top · ((1 − alpha) · ½(1 + cos πp) + alpha).
 *
 * Source: Loshchilov and Hutter 2016, SGDR, arXiv:1608.03983.
 *
 * @param options Initial rate, steps, alpha, warm-up.
 * @returns The schedule.
 * @throws {RangeError} If an option is out of range.
 */
export function cosineDecay(options: CosineDecayOptions): Schedule {
  const what = "create cosine_decay schedule";
  checkOptions(what, options, ["initialLearningRate", "decaySteps", "alpha", "warmupTarget", "warmupSteps"]);
  const given: Partial<CosineDecayOptions> = options ?? {};
  const initialLearningRate = checkNumber(what, "initialLearningRate", given.initialLearningRate, { min: 0 });
  const decaySteps = checkInteger(what, "decaySteps", given.decaySteps, { min: 1 });
  const alpha = checkNumber(what, "alpha", given.alpha ?? 0, { min: 0 });
  const target = given.warmupTarget ?? null;
  const warmupTarget = target === null ? null : checkNumber(what, "warmupTarget", target, { min: 0 });
  const warmupSteps = checkInteger(what, "warmupSteps", given.warmupSteps ?? 0, { min: 0 });
  const start = warmupTarget === null ? 0 : warmupSteps;
  const top = warmupTarget ?? initialLearningRate;
  return {
    id: "cosine_decay",
    config: { initialLearningRate, decaySteps, alpha, warmupTarget, warmupSteps },
    at(step: number): number {
      if (step < start) return initialLearningRate + (top - initialLearningRate) * (step / start);
      const p = Math.min(1, (step - start) / decaySteps);
      return top * ((1 - alpha) * halfCosine(p) + alpha);
    },
  };
}

/** Its row of the table. */
export const cosineDecayRow: ScheduleRow = defineRow({ id: "cosine_decay", create: cosineDecay });
