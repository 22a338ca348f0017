import type { Loss } from "../../losses/loss.ts";
import { resolveLoss } from "../../losses/resolve_loss.ts";
import { metricTable } from "../../metrics/gen/table.ts";
import { optimizerTable } from "../../optimizers/gen/table.ts";
import { scheduleTable } from "../../schedules/gen/table.ts";
import type { Compiled } from "../../training/trainer.ts";

/**
 * What a worker cannot train with, because it is a function of the user's own: `the metric "cost"`; null if there is nothing of the kind.
 * A loss of one's own is traced into programs and may go anywhere, unless it leaves rows out by their labels.
 */
export function needsCallingThread({ optimizer, objective: { goals } }: Compiled): string | null {
  const metric = goals.flatMap(({ metrics, weightedMetrics }) => [...metrics, ...weightedMetrics])
    .find(({ id }) => !Object.hasOwn(metricTable, id));
  if (metric !== undefined) return `the metric "${metric.name}"`;
  if (!Object.hasOwn(optimizerTable, optimizer.id)) return `the optimizer "${optimizer.id}"`;
  const { learningRate } = optimizer;
  if (typeof learningRate !== "number" && !Object.hasOwn(scheduleTable, learningRate.id)) return "the schedule";
  const loss = goals.map((goal) => goal.loss).find(isForeign);
  return loss === undefined ? null : `the loss "${loss.id}"`;
}

function isForeign({ id, config }: Loss): boolean {
  try {
    resolveLoss({ id, config });
    return false;
  } catch {
    return true;
  }
}
