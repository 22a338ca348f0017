import type { Trial } from "../trials/trial.ts";
import type { Ledger } from "./ledger.ts";
import type { LiveTrial } from "./live_trial.ts";

/** Puts the runs of a trial where a journal has them: at their end, or at their last checkpoint. */
export function restoreRuns(live: LiveTrial, recorded: Trial, ledger: Ledger): void {
  for (const run of live.runs) {
    const ended = recorded.runs.find(({ fold, seed }) => fold === run.fold && seed === run.repetition);
    run.progress = ended === undefined
      ? ledger.readCheckpoint(live.id, run) ?? run.progress
      : { epochs: ended.epochs, history: ended.history, state: null };
  }
}
