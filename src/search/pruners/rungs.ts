import { checkInteger } from "../../errors/check_integer.ts";
import type { Direction } from "../samplers/sampler.ts";

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
  readonly maxEpochs?: number;
}

/**
 * The epoch of a trial's rung number k: trials of different lengths are compared after the same share of their epochs.
 *
 * @param config The options of the pruner.
 * @param maxEpochs The epochs of trials that have no number of their own.
 * @returns A function of a trial and k, from 0; Infinity where it has no such rung.
 */
export function findRungs(config: RungConfig, maxEpochs: number): (trial: { maxEpochs?: number }, k: number) => number {
  const known = new Map<number, readonly number[]>();
  return ({ maxEpochs: epochs = maxEpochs }, k) => {
    const rungs = known.get(epochs) ?? listRungs(config, epochs);
    known.set(epochs, rungs);
    return rungs[k] ?? Infinity;
  };
}

/**
 * Puts the trials that have reached a rung in order by their score there, the best first. NaN is the worst; of equals the older
 * trial is first.
 *
 * @param trials The trials.
 * @param rungOf The epoch of a trial's rung, from 1.
 * @param direction Whether small or large scores are good.
 * @returns A new list.
 */
export function rankAtRung<T extends Scored>(
  trials: readonly T[],
  rungOf: (trial: T) => number,
  direction: Direction,
): T[] {
  const sign = direction === "min" ? 1 : -1;
  return trials
    .filter((trial) => trial.values.length >= rungOf(trial))
    .map((trial) => {
      const value = trial.values[rungOf(trial) - 1];
      return { trial, cost: sign * value, isLost: Number.isNaN(value) };
    })
    .sort((a, b) => {
      if (a.isLost !== b.isLost) return a.isLost ? 1 : -1;
      return a.cost < b.cost ? -1 : a.cost > b.cost ? 1 : a.trial.index - b.trial.index;
    })
    .map(({ trial }) => trial);
}
