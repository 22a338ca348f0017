import { checkInteger } from "../../errors/check_integer.ts";
import type { Direction } from "../sampler.ts";

/** Options of successive halving. */
export interface RungOptions {
  /** One in this many trials goes on from a rung, and gets as many times the epochs; an integer from 2, 3 by default. */
  reductionFactor?: number;
  /** How many epochs a trial has before it is first judged; maxEpochs / reductionFactor² by default, and at least 1. */
  minEpochs?: number | null;
}

/** Checked options of successive halving. */
export interface RungConfig {
  reductionFactor: number;
  minEpochs: number | null;
}

/**
 * Checks the options of successive halving and fills in defaults.
 *
 * @param what What is being done, as a verb phrase: `create halving pruner`.
 * @param options The options.
 * @returns All options.
 * @throws {TypeError} If an option has the wrong type.
 * @throws {RangeError} If an option is out of range.
 */
export function checkRungOptions(what: string, options: RungOptions): RungConfig {
  const minEpochs = options.minEpochs ?? null;
  return {
    reductionFactor: checkInteger(what, "reductionFactor", options.reductionFactor ?? 3, { min: 2 }),
    minEpochs: minEpochs === null ? null : checkInteger(what, "minEpochs", minEpochs, { min: 1 }),
  };
}

/**
 * The epochs after which trials are judged: r, rη, rη², … below maxEpochs, for η = reductionFactor and r = minEpochs.
 *
 * @param config The options of the pruner.
 * @param maxEpochs The epochs of a trial that is never pruned.
 * @returns The rungs in rising order; none if minEpochs is not below maxEpochs.
 */
export function listRungs({ reductionFactor, minEpochs }: RungConfig, maxEpochs: number): number[] {
  const rungs: number[] = [];
  const first = minEpochs ?? Math.max(1, Math.round(maxEpochs / reductionFactor ** 2));
  for (let rung = first; rung < maxEpochs; rung *= reductionFactor) rungs.push(rung);
  return rungs;
}

/** A trial with its scores after epochs 1, 2, … */
interface Scored {
  readonly index: number;
  readonly values: readonly number[];
}

/**
 * Puts the trials that have reached a rung in order by their score there, the best first. NaN is the worst; of equals the older
 * trial is first.
 *
 * @param trials The trials.
 * @param rung The epoch, from 1.
 * @param direction Whether small or large scores are good.
 * @returns A new list.
 */
export function rankAtRung<T extends Scored>(trials: readonly T[], rung: number, direction: Direction): T[] {
  const sign = direction === "min" ? 1 : -1;
  const cost = ({ values }: T): number => {
    const value = values[rung - 1];
    return Number.isNaN(value) ? Infinity : sign * value;
  };
  return trials
    .filter(({ values }) => values.length >= rung)
    .map((trial) => ({ trial, cost: cost(trial), isLost: Number.isNaN(trial.values[rung - 1]) }))
    .sort((a, b) => {
      if (a.isLost !== b.isLost) return a.isLost ? 1 : -1;
      return a.cost < b.cost ? -1 : a.cost > b.cost ? 1 : a.trial.index - b.trial.index;
    })
    .map(({ trial }) => trial);
}
