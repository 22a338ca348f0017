import { DamagedRow } from "../journal/damaged_row.ts";
import type { Journal } from "../journal/journal.ts";
import { JournalError } from "../journal/journal_error.ts";
import type { Params } from "../space/params.ts";
import type { Trial } from "../trials/trial.ts";
import type { LiveRun, LiveTrial } from "./live_trial.ts";
import { decodeState, encodeState } from "./state_bytes.ts";
import type { RunProgress } from "./trial_messages.ts";

/**
 * What a search writes into its journal, if it has one. An error of the journal ends the journal, not the search: `error` says what it was,
 * and from then on the search is as one without. A row that is not what was written ends the search: nobody knows what else is wrong, and
 * what was found before is recorded.
 */
export class Ledger {
  #journal: Journal | null;
  /** Trials that the journal held when the search began, by number. */
  readonly #params = new Map<number, Params>();
  /** Why the journal was given up. */
  error: JournalError | undefined;

  constructor(journal: Journal | null) {
    this.#journal = journal;
    this.#do((open) => {
      open.takeOver();
      for (const { id, params } of open.trials()) this.#params.set(id, params);
    }, undefined);
  }

  /** Whether there is a journal. */
  get isOpen(): boolean {
    return this.#journal !== null;
  }

  /** The params that a trial had in an earlier session. */
  paramsOf(id: number): Params | undefined {
    return this.#params.get(id);
  }

  /** Notes a trial; returns the params that it has: those of whoever came first. */
  propose(id: number, params: Params): Params {
    return this.#do((journal) => journal.propose(id, params), params);
  }

  /** A trial as it is recorded, or null. */
  read(id: number): Trial | null {
    return this.#do((journal) => journal.trial(id), null);
  }

  /** Takes a trial for this process; 0 if another has it or it is at its end, else the number of the attempt. */
  claim(id: number): number {
    return this.#do((journal) => journal.claim({ trial: id }), 1);
  }

  /** Gives a trial back, so that any process may claim it. */
  release(id: number): void {
    this.#do((journal) => journal.release({ trial: id }), undefined);
  }

  /** Where a run stood at its last checkpoint, or null. */
  readCheckpoint(id: number, { fold, repetition }: LiveRun): RunProgress | null {
    return this.#do((journal) => {
      const found = journal.readCheckpoint({ trial: id, fold, seed: repetition });
      if (found === null) return null;
      return { epochs: found.epochs, history: found.history, state: decodeState(found.bytes) };
    }, null);
  }

  /** Saves where a run stands, if its state is known. */
  checkpoint(id: number, { fold, repetition, progress: { epochs, history, state } }: LiveRun): void {
    if (state === null) return;
    this.#do((journal) => {
      journal.checkpoint({ trial: id, fold, seed: repetition }, { epochs, history, bytes: encodeState(state) });
    }, undefined);
  }

  /** Saves a run that has done its part, of a trial whose other runs have not. */
  saveRun(live: LiveTrial, run: LiveRun, monitor: string): void {
    if (run.progress.epochs < live.epochs) return this.checkpoint(live.id, run);
    this.#do((journal) => {
      const { runs } = live.toTrial("running", monitor);
      journal.recordRun(live.id, runs.find(({ fold, seed }) => fold === run.fold && seed === run.repetition)!);
    }, undefined);
  }

  /** Records a trial and lets go of it; false if it was at its end already. */
  record(trial: Trial): boolean {
    return this.#do((journal) => journal.record(trial), true);
  }

  /** Ends the claims of processes that died. */
  takeOver(): void {
    this.#do((journal) => journal.takeOver(), []);
  }

  /** Closes the journal. */
  close(): void {
    this.#journal?.close();
    this.#journal = null;
  }

  #do<T>(act: (journal: Journal) => T, otherwise: T): T {
    if (this.#journal === null) return otherwise;
    try {
      return act(this.#journal);
    } catch (error) {
      if (!(error instanceof JournalError) || error.cause instanceof DamagedRow) throw error;
      this.error = error;
      console.warn(`${error.message}. The search goes on without its journal.`);
      this.close();
      return otherwise;
    }
  }
}
