import type { BatchWeights } from "../data/dataset.ts";
import type { PortShapes } from "../data/signature.ts";
import type { LoadedProgram } from "../workers/loaded_program.ts";
import type { Trainer } from "./trainer.ts";

/** One batch whose inputs and labels are filled. */
export interface FilledBatch {
  readonly program: LoadedProgram;
  readonly rows: number;
  readonly weights: BatchWeights;
  /** Where the batch brings lengths along, those at the ports; else null. */
  readonly shapes: PortShapes | null;
  /** The epoch and the batch in it, from 0, for messages. */
  readonly epoch: number;
  readonly batch: number;
}

/**
 * Takes one training step: forward, backward, loss and metrics counted, update. `trainer.beginStep()` came before the program.
 *
 * @throws {NonFiniteError} If the loss is not finite; the weights are those of the step before.
 */
export function takeStep(trainer: Trainer, filled: FilledBatch): void {
  const { program, rows, weights, shapes } = filled;
  trainer.fillScale(program, weights);
  const loss = trainer.runForward(program);
  if (!Number.isFinite(loss)) throw trainer.explain(filled);
  trainer.counts.add(program, rows, loss, weights, shapes);
  trainer.runUpdate();
  trainer.endStep(program);
}
