import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { integerPower } from "../tensor/integer_power.ts";
import { halfCosine } from "./half_cosine.ts";
import type { Schedule } from "./schedule.ts";
import type { ScheduleRow } from "./schedule_row.ts";

/** Options of `cosineDecayRestarts`. */
export interface CosineDecayRestartsOptions {
  /** The learning rate at step 0, >= 0. */
  initialLearningRate: number;
  /** How many steps the first period takes, an integer >= 1. */
  firstDecaySteps: number;
  /** How many times as long as the last one a period is, >= 1; 2 by default. */
  tMul?: number;
  /** How many times as high as the last one a period starts, > 0; 1 by default. */
  mMul?: number;
  /** The lowest learning rate as a fraction of the initial one; 0 by default. */
  alpha?: number;
}

/**
 * Cosine decay that starts anew: period i takes firstDecaySteps · tMul^i steps. With p the finished part of the period,
 * rate = initialLearningRate · ((1 − alpha) · mMul^i · ½(1 + cos πp) + alpha).
 *
 * Source: Loshchilov and Hutter 2016, SGDR, arXiv:1608.03983.
 *
 * @param options Initial rate, first period, factors, alpha.
 * @returns The schedule.
 * @throws {RangeError} If an option is out of range.
 */
export function cosineDecayRestarts(options: CosineDecayRestartsOptions): Schedule {
  const what = "create cosine_decay_restarts schedule";
  checkOptions(what, options, ["initialLearningRate", "firstDecaySteps", "tMul", "mMul", "alpha"]);
  const given: Partial<CosineDecayRestartsOptions> = options ?? {};
  const initialLearningRate = checkNumber(what, "initialLearningRate", given.initialLearningRate, { min: 0 });
  const firstDecaySteps = checkInteger(what, "firstDecaySteps", given.firstDecaySteps, { min: 1 });
  const tMul = checkNumber(what, "tMul", given.tMul ?? 2, { min: 1 });
  const mMul = checkNumber(what, "mMul", given.mMul ?? 1, { minExclusive: 0 });
  const alpha = checkNumber(what, "alpha", given.alpha ?? 0, { min: 0 });
  return {
    id: "cosine_decay_restarts",
    config: { initialLearningRate, firstDecaySteps, tMul, mMul, alpha },
    at(step: number): number {
      const { period, fraction } = locate(step, firstDecaySteps, tMul);
      return initialLearningRate * ((1 - alpha) * integerPower(mMul, period) * halfCosine(fraction) + alpha);
    },
  };
}

/** The period of a step and its finished part. Counted up, since a logarithm can be off by one where a period begins. */
function locate(step: number, first: number, tMul: number): { period: number; fraction: number } {
  if (tMul === 1) return { period: Math.floor(step / first), fraction: (step % first) / first };
  let period = 0;
  let start = 0;
  let length = first;
  while (step >= start + length) {
    start += length;
    length *= tMul;
    period++;
  }
  return { period, fraction: (step - start) / length };
}

/** Its row of the table. */
export const cosineDecayRestartsRow: ScheduleRow = defineRow({
  id: "cosine_decay_restarts",
  create: cosineDecayRestarts,
});
