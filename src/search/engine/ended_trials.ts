import { isBetter } from "../trials/is_better.ts";
import type { Direction, FinishedTrial } from "../samplers/sampler.ts";
import type { Trial } from "../trials/trial.ts";
import type { TrainerState } from "./trainer_state.ts";

/** The best trial: of those that are done, or as long as none is, of those that were pruned. */
export interface BestSoFar {
  readonly trial: Trial;
  /** The state that its first run ended with; null if it is not known. */
  readonly state: TrainerState | null;
}

/** The trials of a search that are at their end. */
export class EndedTrials {
  /** In the order in which they ended. */
  readonly all: Trial[] = [];
  /** As samplers see them. */
  readonly finished: FinishedTrial[] = [];
  /** How many of `all` failed. */
  failed = 0;
  best: BestSoFar | null = null;

  /** Adds a trial. */
  add(trial: Trial, state: TrainerState | null, direction: Direction): void {
    const { id: index, params, score, status, epochs } = trial;
    this.all.push(trial);
    this.finished.push({ index, params, score, status, epochs });
    if (status === "failed") this.failed++;
    if (isBetter(trial, this.best?.trial ?? null, direction)) this.best = { trial, state };
  }

  /** The best trial that is done. */
  get winner(): Trial | null {
    const trial = this.best?.trial;
    return trial?.status === "done" ? trial : null;
  }

  /** Whether the score of a trial that is done is at least as good as `target`. */
  hasReached(target: number, direction: Direction): boolean {
    const score = this.winner?.score ?? NaN;
    return direction === "max" ? score >= target : score <= target;
  }
}
