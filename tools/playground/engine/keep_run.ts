import type { KeptRun } from "../protocol.ts";
import type { Session } from "./session.ts";

/** A run as it is now, to be compared with others. */
export function keepRun(session: Session, run: number): KeptRun {
  const { configuration, epoch, model, train, test } = session;
  return {
    run,
    configuration,
    epoch,
    step: model.trainer.step,
    loss: session.lossOf(train),
    testLoss: test === null ? null : session.lossOf(test),
    accuracy: session.accuracy(),
    testAccuracy: test === null ? null : session.accuracy(test),
    curves: session.curves(),
  };
}
