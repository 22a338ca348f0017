import type { Sequential, Tensor } from "../../mod.ts";
import type { Threads } from "./thread_counts.ts";

/** A model and samples for it, with what is wanted for each. */
export interface Trained {
  readonly model: Sequential;
  readonly x: Tensor;
  readonly y: Float32Array | Tensor;
}

/**
 * Trains with `fit` for about `ms` milliseconds and times its epochs.
 *
 * A step is timed with all that `fit` does for it: gathering and shuffling the batch, the loss, the counting of the epoch.
 *
 * @returns milliseconds a step, one value an epoch; the first epoch, which compiles the programs, is left out
 */
export async function timeSteps(
  { model, x, y }: Trained,
  options: { batch: number; ms: number; threads: Threads },
): Promise<number[]> {
  const steps = Math.ceil(x.shape[0] / options.batch);
  const marks: number[] = [];
  let end = 0;
  const onEpochEnd = (): void => {
    const now = performance.now();
    if (marks.length === 0) end = now + options.ms;
    marks.push(now);
    if (marks.length > 3 && now >= end) model.stopTraining = true;
  };
  await model.fit(x, y, {
    epochs: 1_000_000,
    batchSize: options.batch,
    verbose: 0,
    callbacks: [{ onEpochEnd }],
    workers: options.threads,
  });
  return marks.slice(1).map((mark, i) => (mark - marks[i]) / steps);
}
