import type { BatchWeights, Dataset } from "../data/dataset.ts";
import type { BatchHandler } from "../workers/batch_queue.ts";
import type { LoadedProgram } from "../workers/loaded_program.ts";
import type { Evaluation } from "./callback.ts";
import { runBatches } from "./run_batches.ts";
import type { Trainer } from "./trainer.ts";

/** Runs a program over a number of batches, as `runBatches` does. */
export type BatchRunner = (loaded: LoadedProgram, batches: number, handler: BatchHandler) => void;

const runAll: BatchRunner = (loaded, batches, handler) => runBatches(loaded, handler, 0, batches);

/**
 * Runs the test program over samples in batches and returns loss and metrics, named with `prefix`.
 *
 * @param run what runs the batches that are whole; default: one after the other
 */
export function evaluateSamples(
  trainer: Trainer,
  samples: Dataset,
  batchSize: number,
  prefix = "",
  run: BatchRunner = runAll,
): Evaluation {
  const { count } = samples;
  return trainer.countSeparately(() => {
    const whole = Math.floor(count / batchSize);
    if (whole > 0) {
      run(trainer.program("test", batchSize, samples.shapes), whole, createHandler(trainer, samples, batchSize, 0));
    }
    if (whole * batchSize < count) evaluateBatch(trainer, samples, whole * batchSize, count);
    return trainer.counts.read(prefix);
  });
}

/** Runs the test program on the samples from … to of those that count, and counts them. */
export function evaluateBatch(trainer: Trainer, samples: Dataset, from: number, to: number): void {
  const rows = to - from;
  runBatches(trainer.program("test", rows, samples.shapes), createHandler(trainer, samples, rows, from), 0, 1);
}

/** Fills batches of `rows` samples, the first of which begins at `start`, and counts them. */
function createHandler(trainer: Trainer, samples: Dataset, rows: number, start: number): BatchHandler {
  /** Of the batches that are filled and not counted; few. */
  const weights = new Map<number, BatchWeights>();
  trainer.writeStep();
  return {
    fill(program, batch) {
      const from = start + batch * rows;
      const given = samples.fill(program, null, from, from + rows);
      weights.set(batch, given);
      trainer.fillScale(program, given);
    },
    take(program, batch) {
      trainer.counts.add(program, rows, program.output("loss")[0], weights.get(batch)!, samples.shapes);
      weights.delete(batch);
    },
  };
}
