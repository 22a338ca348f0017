import type { SharedSamples } from "./trial_messages.ts";
import type { Prepared } from "./workshop.ts";

/** What one core does in a second, roughly, and what a step takes besides: only for deciding whether threads pay. */
const FLOPS = 4e10;
const BYTES = 1e10;
const STEP_SECONDS = 5e-6;

/** Roughly how many seconds an epoch takes. */
export function estimateEpoch(
  { plan, parts: [{ train }] }: Prepared,
  samples: ReadonlyMap<number, SharedSamples>,
  batchSize: number,
): number {
  const count = train.rows?.length ?? samples.get(train.samples)!.xShape[0];
  const { cost } = plan.steps[`train/${Math.min(batchSize, count)}`];
  return Math.ceil(count / batchSize) * (cost.flops / FLOPS + cost.bytes / BYTES + STEP_SECONDS);
}
