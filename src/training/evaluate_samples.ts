import type { Evaluation } from "./callback.ts";
import type { SampleRows } from "./epoch_steps.ts";
import { fillBatch } from "./fill_batch.ts";
import type { Trainer } from "./trainer.ts";

/** Runs the test program over samples in batches and returns loss and metrics, named with `prefix`. */
export function evaluateSamples(
  trainer: Trainer,
  samples: SampleRows,
  batchSize: number,
  prefix = "",
): Evaluation {
  const count = samples.rows?.length ?? samples.count;
  return trainer.countSeparately(() => {
    for (let from = 0; from < count; from += batchSize) {
      evaluateBatch(trainer, samples, from, Math.min(count, from + batchSize));
    }
    return trainer.readCounts(prefix);
  });
}

/** Runs the test program on the samples from … to (of `rows`, where there are such), and counts them. */
export function evaluateBatch(trainer: Trainer, samples: SampleRows, from: number, to: number): void {
  const rows = to - from;
  const program = trainer.program("test", rows);
  const weights = fillBatch(program, samples, { order: samples.rows ?? null, from, to, classWeight: null });
  trainer.fillScale(program, weights);
  trainer.countBatch(program, rows, trainer.runForward(program), weights);
}
