import { lossTable } from "../../losses/gen/table.ts";
import { metricTable } from "../../metrics/gen/table.ts";
import { optimizerTable } from "../../optimizers/gen/table.ts";
import { isPopulation } from "../../optimizers/population_optimizer.ts";
import { scheduleTable } from "../../schedules/gen/table.ts";
import type { TrialCompilation } from "./trial_compilation.ts";

/**
 * What a worker cannot train with, because it is a function of the user's own: `the metric "cost"`; null if there is nothing of the kind.
 * Losses of one's own and composed metrics are traced into programs and may go anywhere, unless a loss leaves rows out by their labels.
 */
export function needsCallingThread(
  { optimizer, objective: { goals, selection }, learningRate: first }: TrialCompilation,
): string | null {
  if (!selection.isLoss && selection.metric === null) return "the objective";
  const chosen = selection.metric === null ? [] : [selection.metric];
  const metric = goals.flatMap(({ metrics, weightedMetrics }) => [...metrics, ...weightedMetrics]).concat(chosen)
    .find(({ id, call }) => call === undefined && !Object.hasOwn(metricTable, id));
  if (metric !== undefined) return `the metric "${metric.name}"`;
  const optimizers = "groups" in optimizer
    ? optimizer.groups.map((group) => group.optimizer)
    : [optimizer, ...(isPopulation(optimizer) && optimizer.inner !== null ? [optimizer.inner] : [])];
  const foreign = optimizers.find(({ id }) => !Object.hasOwn(optimizerTable, id));
  if (foreign !== undefined) return `the optimizer "${foreign.id}"`;
  const own = isPopulation(optimizer) ? Object.values(optimizer.rates) : [];
  const rates = [first, ...optimizers.map(({ learningRate }) => learningRate), ...own];
  const schedules = rates.flatMap((rate) => typeof rate === "number" ? [] : [rate]);
  if (schedules.some(({ id }) => !Object.hasOwn(scheduleTable, id))) return "the schedule";
  const loss = goals.map((goal) => goal.loss).find(({ id, rowWeights }) =>
    rowWeights !== undefined && !Object.hasOwn(lossTable, id)
  );
  return loss === undefined ? null : `the loss "${loss.id}"`;
}
