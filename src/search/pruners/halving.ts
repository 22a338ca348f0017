import { checkInteger } from "../../errors/check_integer.ts";
import { checkOptions } from "../../errors/check_options.ts";
import type { Pruner, Review, ReviewContext, ReviewedTrial } from "../pruner.ts";
import { checkRungOptions, listRungs, rankAtRung, type RungConfig, type RungOptions } from "./rungs.ts";

/** Options of `halving`. */
export interface HalvingOptions extends RungOptions {
  /**
   * How many trials compete, by their numbers: 0 to n − 1, n to 2n − 1, …; reductionFactor³ by default. All of them wait at a rung for
   * the last, with their weights in memory.
   */
  bracketSize?: number | null;
}

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
    // A bracket is judged as a whole: not while one of its trials is still to come, or on its way to a rung.
    if (bracket.length < bracketSize && !context.isComplete) continue;
    if (bracket.some(({ status }) => status === "waiting" || status === "running")) continue;
    const paused = bracket.filter(({ status }) => status === "paused");
    if (paused.length === 0) continue;
    const rung = paused[0].values.length;
    const ranked = rankAtRung(paused, rung, context.direction);
    const count = Math.max(1, Math.floor(ranked.length / config.reductionFactor));
    ranked.forEach(({ index, values }, place) => {
      (place < count && !Number.isNaN(values[rung - 1]) ? resume : stop).push(index);
    });
  }
  return { resume, stop };
}
