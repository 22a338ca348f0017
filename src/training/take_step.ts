import type { FilledBatch } from "./filled_batch.ts";
import type { Trainer } from "./trainer.ts";

/**
 * Takes one training step: forward, backward, loss and metrics counted, update; or a generation, with an
 * optimizer without gradients. `trainer.beginStep()` came before the program.
 *
 * @throws {NonFiniteError} If the loss is not finite; the weights are those of the step before.
 */
export function takeStep(trainer: Trainer, filled: FilledBatch): void {
  const { program, rows, weights, shapes } = filled;
  trainer.fillScale(program, weights);
  if (trainer.generations !== null) {
    trainer.generations.run(filled);
    trainer.endStep(program);
    return;
  }
  const loss = trainer.runForward(program);
  if (!Number.isFinite(loss)) throw trainer.explain(filled);
  trainer.counts.add(program, rows, loss, weights, shapes);
  trainer.runUpdate();
  trainer.endStep(program);
}
