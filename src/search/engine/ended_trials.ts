import type { Direction, FinishedTrial } from "../sampler.ts";
import type { Trial } from "../trial.ts";
import type { TrainerState } from "./trainer_state.ts";

/** The trial with the best score, the older one of two equals. */
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
  readonly #ids = new Set<number>();
  #upTo = 0;

  /** All trials below this number are at their end. */
  get upTo(): number {
    return this.#upTo;
  }

  /** Adds a trial. */
  add(trial: Trial, state: TrainerState | null, direction: Direction): void {
    const { id: index, params, score, status, epochs } = trial;
    this.all.push(trial);
    this.finished.push({ index, params, score, status, epochs });
    if (status === "failed") this.failed++;
    this.#ids.add(index);
    while (this.#ids.delete(this.#upTo)) this.#upTo++;
    if (status !== "done" || score === null) return;
    const sign = direction === "max" ? -1 : 1;
    const gain = this.best === null ? 1 : sign * (this.best.trial.score! - score);
    if (gain > 0 || gain === 0 && index < this.best!.trial.id) this.best = { trial, state };
  }

  /** Whether a score is at least as good as `target`. */
  hasReached(target: number, direction: Direction): boolean {
    const score = this.best?.trial.score ?? NaN;
    return direction === "max" ? score >= target : score <= target;
  }
}
