import { findEntry } from "../../errors/find_entry.ts";
import type { Params } from "../space/params.ts";
import type { Trial, TrialRun, TrialStatus } from "../trials/trial.ts";
import { meanHistory, scoreRuns } from "./score_runs.ts";
import type { RunProgress } from "./trial_messages.ts";
import type { Prepared } from "./workshop.ts";

/** One run of a trial that is not at its end. */
export class LiveRun {
  readonly fold: number;
  readonly repetition: number;
  /** The serial of its task, while there is one. */
  serial: number | null = null;
  #progress: RunProgress = START;
  #saved: RunProgress = START;

  constructor(fold: number, repetition: number) {
    this.fold = fold;
    this.repetition = repetition;
  }

  /** How far it is. */
  get progress(): RunProgress {
    return this.#progress;
  }
  set progress(progress: RunProgress) {
    this.#progress = progress;
    if (progress.state !== null) this.#saved = progress;
  }

  /** Goes back to the last state that is known, or to the beginning. */
  restart(fromSaved: boolean): void {
    if (!fromSaved) this.#saved = START;
    this.#progress = this.#saved;
  }
}

const START: RunProgress = { epochs: 0, history: {}, state: null };

/** A trial that has begun and is not at its end: at work, or paused. */
export class LiveTrial {
  readonly id: number;
  readonly params: Params;
  readonly epochs: number;
  readonly batchSize: number;
  readonly runs: readonly LiveRun[];
  /** What the runs of each repetition need, and the number of its plan for the threads; made when a run of it begins. */
  readonly prepared: Map<number, Prepared & { readonly number: number }> = new Map();
  status: "running" | "paused" = "running";
  /** The epoch that the runs are on their way to. */
  target = 0;
  /** Epochs that the pruner has judged. */
  judged = 0;
  seconds = 0;
  attempts = 0;
  /** How often it was tried again here. */
  retries = 0;

  constructor(
    id: number,
    params: Params,
    options: { epochs: number; batchSize: number; folds: number; repeats: number },
  ) {
    this.id = id;
    this.params = params;
    this.epochs = options.epochs;
    this.batchSize = options.batchSize;
    const runs: LiveRun[] = [];
    for (let repetition = 0; repetition < options.repeats; repetition++) {
      for (let fold = 0; fold < options.folds; fold++) {
        runs.push(new LiveRun(fold, repetition));
      }
    }
    this.runs = runs;
  }

  /** Epochs that all runs have done. */
  get done(): number {
    return this.runs.reduce((least, { progress }) => Math.min(least, progress.epochs), Infinity);
  }

  /** Epochs that its runs have yet to do. */
  get epochsLeft(): number {
    return this.runs.reduce((sum, { progress }) => sum + this.epochs - progress.epochs, 0);
  }

  /** The scores after epochs 1, 2, … that all runs have done. */
  values(monitor: string): number[] {
    const logs = this.runs.map(({ progress }) => findEntry(progress.history, monitor) ?? []);
    return Array.from(
      { length: this.done },
      (_, epoch) => logs.reduce((sum, values) => sum + (values[epoch] ?? NaN), 0) / logs.length,
    );
  }

  /** The trial as it stands; of a pruned one, what came after `epochs` is left out. */
  toTrial(
    status: TrialStatus,
    monitor: string,
    { epochs = Infinity, reason }: { epochs?: number; reason?: string } = {},
  ): Trial {
    const runs = this.runs.map(({ fold, repetition, progress }): TrialRun => {
      const kept = Math.min(epochs, progress.epochs);
      const history = Object.fromEntries(
        Object.entries(progress.history).map(([name, values]) => [name, values.slice(0, kept)]),
      );
      return { fold, seed: repetition, history, score: findEntry(history, monitor)?.at(-1) ?? null, epochs: kept };
    });
    const { score, standardError } = scoreRuns(runs);
    return {
      id: this.id,
      params: this.params,
      status,
      score: status === "failed" || status === "waiting" ? null : score,
      standardError: status === "failed" || status === "waiting" ? null : standardError,
      history: meanHistory(runs),
      runs,
      epochs: runs.reduce((most, run) => Math.max(most, run.epochs), 0),
      seconds: this.seconds,
      attempts: this.attempts,
      ...(reason === undefined ? {} : { reason }),
    };
  }
}
