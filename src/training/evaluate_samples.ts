import type { Logs } from "./callback.ts";
import { gatherRows, type Samples } from "./data_source.ts";
import type { Trainer } from "./trainer.ts";

/** Runs the test program over samples in batches and returns loss and metrics, named with `prefix`. */
export function evaluateSamples(
  trainer: Trainer,
  samples: Samples,
  batchSize: number,
  prefix = "",
): Logs & { loss: number } {
  return trainer.countSeparately(() => {
    for (let from = 0; from < samples.count; from += batchSize) {
      evaluateBatch(trainer, samples, from, Math.min(samples.count, from + batchSize));
    }
    return trainer.readCounts(prefix);
  });
}

/** Runs the test program on the samples from … to, and counts them. */
export function evaluateBatch(trainer: Trainer, samples: Samples, from: number, to: number): void {
  const rows = to - from;
  const program = trainer.program("test", rows);
  const { x, y } = samples;
  gatherRows(program.input("x"), x.data, x.data.length / samples.count, null, from, to);
  gatherRows(program.input("y"), y.data, y.data.length / samples.count, null, from, to);
  const weights = samples.sampleWeight?.subarray(from, to) ?? null;
  trainer.fillScale(program, rows, weights);
  trainer.countBatch(program, rows, trainer.runForward(program), weights);
}
