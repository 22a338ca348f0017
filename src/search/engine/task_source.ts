import type { Pace } from "./pace.ts";
import type { FromTrialWorker, RunTask } from "./trial_messages.ts";
import type { TrialCompilation } from "./trial_compilation.ts";
import type { TrialPlan } from "./trial_plan.ts";

/** A task with what a thread needs to work on it. */
export interface PlannedTask {
  readonly task: RunTask;
  readonly plan: TrialPlan;
  /** For functions of the user's own: only the calling thread can work on it. */
  readonly compiled?: TrialCompilation;
}

/** Where tasks come from, and where their results go. Nothing here throws. */
export interface TaskSource {
  /** The next task; null if there is none now. `isLocal`: it is for the calling thread. */
  next(isLocal: boolean): PlannedTask | null;
  /** Gets what happens with a task. A task whose worker was lost has `failed`. */
  tell(message: FromTrialWorker): void;
  /** How fast it goes; `guess` is told by whoever works on the calling thread. */
  readonly pace: Pace;
  /** Whether nothing is left to do, or to wait for. */
  readonly isOver: boolean;
  /** Seconds of work that are left, on one thread; Infinity if nobody knows. */
  readonly secondsLeft: number;
  /** Milliseconds after which to ask again when there is nothing to do; null: when a task has ended. */
  readonly pollMs: number | null;
}
