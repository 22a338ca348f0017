import type { Params } from "../space/params.ts";

/**
 * Where a trial stands: `waiting` to be started, `running`, `paused` by a pruner and able to go on, or at its end:
 * `done`, `pruned`, `failed`.
 */
export type TrialStatus = "waiting" | "running" | "paused" | "done" | "pruned" | "failed";

/** One training of a trial: one fold with one seed. */
export interface TrialRun {
  /** The number of the fold, from 0. */
  fold: number;
  /** The number of the repetition, from 0. */
  seed: number;
  /** The logs of every epoch, by name: `loss`, `val_loss`, … */
  history: Record<string, number[]>;
  /** The score of this run, or null while there is none. */
  score: number | null;
  /** Epochs trained so far. */
  epochs: number;
}

/** One point of the space that a search tried, and what came of it. */
export interface Trial {
  /** The number of the trial, from 0, in the order in which the sampler gave them. */
  id: number;
  /** The parameters that `build` got. */
  params: Params;
  /** Where it stands. */
  status: TrialStatus;
  /** The mean of the scores of the runs; null if there is none. */
  score: number | null;
  /** The standard error of that mean over the runs; null with fewer than two runs. */
  standardError: number | null;
  /** The logs of every epoch, by name, as the mean over the runs. */
  history: Record<string, number[]>;
  /** The runs: one for every fold and seed. */
  runs: TrialRun[];
  /** Epochs trained, of the run that got furthest. */
  epochs: number;
  /** Time in training, in seconds, over all runs. */
  seconds: number;
  /** How often it was started. */
  attempts: number;
  /** Why it failed or was pruned. */
  reason?: string;
  /** Why its first run did not learn, as the search's `diagnose` says; left out where it does, or nobody asked. */
  why?: string;
}
