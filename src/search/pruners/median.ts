import { checkInteger } from "../../errors/check_integer.ts";
import { checkOptions } from "../../errors/check_options.ts";
import { defineRow } from "../../tables/define_row.ts";
import type { Pruner, PrunerContext, Verdict } from "./pruner.ts";
import type { PrunerRow } from "./pruner_row.ts";

/** Options of `median`. */
export interface MedianOptions {
  /** How many trials must have trained to their end before any is judged; 5 by default. */
  startupTrials?: number;
  /** How many epochs of a trial are not judged; 0 by default. */
  warmupEpochs?: number;
  /** Every how many epochs after these a trial is judged; 1 by default. */
  interval?: number;
}

/**
 * Ends a trial whose best score so far is worse than the median of the scores that the finished trials had after the same
 * epoch.
 *
 * Source: Golovin et al. 2017, Google Vizier: a service for black-box optimization; with the comparison and defaults of Optuna.
 *
 * @param options `startupTrials`, `warmupEpochs`, `interval`.
 * @returns The pruner.
 * @throws {TypeError} If an option has the wrong type or does not exist.
 * @throws {RangeError} If an option is out of range.
 */
export function median(options: MedianOptions = {}): Pruner {
  const what = "create median pruner";
  checkOptions(what, options, ["startupTrials", "warmupEpochs", "interval"]);
  const config = {
    startupTrials: checkInteger(what, "startupTrials", options.startupTrials ?? 5, { min: 1 }),
    warmupEpochs: checkInteger(what, "warmupEpochs", options.warmupEpochs ?? 0, { min: 0 }),
    interval: checkInteger(what, "interval", options.interval ?? 1, { min: 1 }),
  };
  return {
    id: "median",
    config,
    order: "lagged",
    rungs: () => [],
    decide: (context) => judge(context, config),
    review: () => ({ resume: [], stop: [] }),
  };
}

function judge(
  { epoch, values, others, direction }: PrunerContext,
  { startupTrials, warmupEpochs, interval }: Required<MedianOptions>,
): Verdict {
  if (epoch <= warmupEpochs || (epoch - warmupEpochs) % interval !== 0) return "continue";
  const finished = others.filter((other) => other.finished);
  if (finished.length < startupTrials) return "continue";
  const sign = direction === "min" ? 1 : -1;
  const costs = finished.map((other) => sign * other.values[epoch - 1]).filter((cost) => !Number.isNaN(cost));
  if (costs.length === 0) return "continue";
  let best = Infinity;
  for (const value of values) if (sign * value < best) best = sign * value;
  return best > findMedian(costs) ? "stop" : "continue";
}

function findMedian(values: number[]): number {
  const sorted = values.sort((a, b) => a < b ? -1 : a > b ? 1 : 0);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Its row of the table. */
export const medianRow: PrunerRow = defineRow({ id: "median", create: median });
