import type { Logs } from "./callback.ts";
import { gatherRows } from "./data_source.ts";
import type { SampleRows } from "./epoch_steps.ts";
import type { Trainer } from "./trainer.ts";

/** Runs the test program over samples in batches and returns loss and metrics, named with `prefix`. */
export function evaluateSamples(
  trainer: Trainer,
  samples: SampleRows,
  batchSize: number,
  prefix = "",
): Logs & { loss: number } {
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
  const { x, y, sampleWeight, rows: chosen = null } = samples;
  gatherRows(program.input("x"), x.data, x.data.length / x.shape[0], chosen, from, to);
  gatherRows(program.input("y"), y.data, y.data.length / y.shape[0], chosen, from, to);
  const weights = chosen === null
    ? sampleWeight?.subarray(from, to) ?? null
    : sampleWeight && Float32Array.from(chosen.subarray(from, to), (i) => sampleWeight[i]);
  trainer.fillScale(program, weights);
  trainer.countBatch(program, rows, trainer.runForward(program), weights);
}
