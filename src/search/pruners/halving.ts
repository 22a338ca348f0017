import { checkInteger } from "../../errors/check_integer.ts";
import { checkOptions } from "../../errors/check_options.ts";
import { defineRow } from "../../tables/define_row.ts";
import type { Pruner, Review, ReviewContext, ReviewedTrial } from "./pruner.ts";
import type { PrunerRow } from "./pruner_row.ts";
import { checkRungOptions, findRungs, listRungs, rankAtRung, type RungConfig, type RungOptions } from "./rungs.ts";

/** Options of `halving`. */
export interface HalvingOptions extends RungOptions {
  /**
   * How many trials compete, by their numbers: 0 to n − 1, n to 2n − 1, …; reductionFactor³ by default. All of them wait at a rung for
   * the last, with their weights in memory.
   */
  bracketSize?: number | null;
}

/** The states of a trial that has come to its end. */
const ENDED: readonly string[] = ["done", "pruned", "failed"];

/**
 * Successive halving: trials compete in brackets. All pause at a rung; when the last of a bracket is there, the best
 * 1/reductionFactor of them (rounded down, at least one) go on to the next rung, and the others end. The result is the same for any
 * number of workers. With n trials, the default of two rungs, and maxEpochs R, it takes about n·R·(1 + 2/3 + 2/3) / 9 epochs
 * instead of n·R: 26 %.
 *
 * Source: Jamieson and Talwalkar 2016, Non-stochastic best arm identification and hyperparameter optimization.
 *
 * @param options `reductionFactor`, `minEpochs`, `bracketSize`.
 * @returns The pruner.
 * @throws {TypeError} If an option has the wrong type or does not exist.
 * @throws {RangeError} If an option is out of range.
 */
export function halving(options: HalvingOptions = {}): Pruner {
  const what = "create halving pruner";
  checkOptions(what, options, ["reductionFactor", "minEpochs", "bracketSize"]);
  const rungConfig = checkRungOptions(what, options);
  const bracketSize = checkInteger(what, "bracketSize", options.bracketSize ?? rungConfig.reductionFactor ** 3, {
    min: 2,
  });
  return {
    id: "halving",
    config: { ...rungConfig, bracketSize },
    order: "free",
    rungs: (maxEpochs) => listRungs(rungConfig, maxEpochs),
    lastPeer: (index) => (Math.floor(index / bracketSize) + 1) * bracketSize - 1,
    decide: ({ epoch, maxEpochs }) => listRungs(rungConfig, maxEpochs).includes(epoch) ? "pause" : "continue",
    review: (context) => reviewBrackets(context, rungConfig, bracketSize),
  };
}

function reviewBrackets(context: ReviewContext, config: RungConfig, bracketSize: number): Review {
  const brackets = new Map<number, ReviewedTrial[]>();
  for (const trial of context.trials) {
    const number = Math.floor(trial.index / bracketSize);
    const bracket = brackets.get(number);
    if (bracket === undefined) brackets.set(number, [trial]);
    else bracket.push(trial);
  }
  const resume: number[] = [];
  const stop: number[] = [];
  for (const [, bracket] of [...brackets].sort(([a], [b]) => a - b)) {
    if (bracket.length === bracketSize || context.isComplete) judgeBracket(bracket, context, config, { resume, stop });
  }
  return { resume, stop };
}

/**
 * Judges the rungs of a bracket from the lowest, up to the first to which a trial is still on its way. Trials that have gone on count
 * on at the rungs they left, so that a verdict stays the same however often it is asked for.
 */
function judgeBracket(
  bracket: readonly ReviewedTrial[],
  { direction, maxEpochs }: ReviewContext,
  config: RungConfig,
  { resume, stop }: { resume: number[]; stop: number[] },
): void {
  const rungOf = findRungs(config, maxEpochs);
  let contenders = bracket;
  for (let k = 0; contenders.length > 0; k++) {
    // Those that have no such rung train to their end.
    contenders = contenders.filter((trial) => rungOf(trial, k) < Infinity);
    if (contenders.some((trial) => trial.values.length < rungOf(trial, k) && !ENDED.includes(trial.status))) return;
    const ranked = rankAtRung(contenders, (trial) => rungOf(trial, k), direction);
    const count = Math.max(1, Math.floor(ranked.length / config.reductionFactor));
    const good = ranked.slice(0, count).filter((trial) => !Number.isNaN(trial.values[rungOf(trial, k) - 1]));
    for (const trial of ranked) {
      if (trial.status !== "paused" || trial.values.length !== rungOf(trial, k)) continue;
      (good.includes(trial) ? resume : stop).push(trial.index);
    }
    contenders = good;
  }
}

/** Its row of the table. */
export const halvingRow: PrunerRow = defineRow({ id: "halving", create: halving });
