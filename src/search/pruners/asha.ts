import { checkOptions } from "../../errors/check_options.ts";
import { defineRow } from "../../tables/define_row.ts";
import type { Pruner, PrunerContext, Review, ReviewContext, Verdict } from "./pruner.ts";
import type { PrunerRow } from "./pruner_row.ts";
import { checkRungOptions, findRungs, listRungs, rankAtRung, type RungConfig, type RungOptions } from "./rungs.ts";

/** Options of `asha`. */
export type AshaOptions = RungOptions;

/**
 * Asynchronous successive halving: at each rung a trial goes on if it is among the best 1/reductionFactor (rounded down) of those
 * that have been there, and pauses otherwise; it goes on later if it comes to be among them as more arrive. Where too few arrive for
 * anybody to go on, the best of the highest rung does at the end, so that a trial finishes. No worker waits for another, so the result depends on the order in which trials run: for one that does not, use `halving`.
 *
 * Source: Li et al. 2018, A system for massively parallel hyperparameter tuning.
 *
 * @param options `reductionFactor`, `minEpochs`.
 * @returns The pruner.
 * @throws {TypeError} If an option has the wrong type or does not exist.
 * @throws {RangeError} If an option is out of range.
 */
export function asha(options: AshaOptions = {}): Pruner {
  const what = "create asha pruner";
  checkOptions(what, options, ["reductionFactor", "minEpochs"]);
  const config = checkRungOptions(what, options);
  return {
    id: "asha",
    config: { ...config },
    order: "arrival",
    rungs: (maxEpochs) => listRungs(config, maxEpochs),
    decide: (context) => judge(context, config),
    review: (context) => promote(context, config),
  };
}

function judge({ index, epoch, values, others, direction, maxEpochs }: PrunerContext, config: RungConfig): Verdict {
  const k = listRungs(config, maxEpochs).indexOf(epoch);
  if (k < 0) return "continue";
  const rungOf = findRungs(config, maxEpochs);
  const ranked = rankAtRung([...others, { index, values, maxEpochs }], (trial) => rungOf(trial, k), direction);
  const place = ranked.findIndex((trial) => trial.index === index);
  const isGood = place < Math.floor(ranked.length / config.reductionFactor) && !Number.isNaN(values[epoch - 1]);
  return isGood ? "continue" : "pause";
}

/** Paused trials that have come to be among the best of their rung, those of the highest rung first. */
function promote({ trials, direction, maxEpochs, isComplete }: ReviewContext, config: RungConfig): Review {
  const resume: number[] = [];
  const rungOf = findRungs(config, maxEpochs);
  const longest = trials.reduce((most, trial) => Math.max(most, trial.maxEpochs ?? maxEpochs), 0);
  for (let k = listRungs(config, longest).length - 1; k >= 0; k--) {
    const ranked = rankAtRung(trials, (trial) => rungOf(trial, k), direction);
    for (const trial of ranked.slice(0, Math.floor(ranked.length / config.reductionFactor))) {
      const { index, values, status } = trial;
      const isHere = status === "paused" && values.length === rungOf(trial, k);
      if (isHere && !Number.isNaN(values.at(-1))) resume.push(index);
    }
  }
  const paused = trials.filter(({ status }) => status === "paused").map(({ index }) => index);
  const isOver = isComplete && !trials.some(({ status }) => status === "waiting" || status === "running");
  if (!isOver || resume.length > 0) return { resume, stop: [] };
  const last = trials.some(({ status }) => status === "done") ? null : findFurthest(trials, direction);
  return last === null ? { resume, stop: paused } : { resume: [last], stop: [] };
}

/** The best of the paused trials that got furthest; null if none has a score. */
function findFurthest(trials: ReviewContext["trials"], direction: ReviewContext["direction"]): number | null {
  const scored = trials.filter(({ status, values }) => status === "paused" && !Number.isNaN(values.at(-1) ?? NaN));
  const rung = scored.reduce((most, { values }) => Math.max(most, values.length), 0);
  return rankAtRung(scored, () => rung, direction)[0]?.index ?? null;
}

/** Its row of the table. */
export const ashaRow: PrunerRow = defineRow({ id: "asha", create: asha });
