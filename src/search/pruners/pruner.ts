import type { Json } from "../../tensor/json.ts";
import type { Direction } from "../samplers/sampler.ts";

/** What a trial does after an epoch: goes on, ends as pruned, or waits with all its state for `review` to let it go on. */
export type Verdict = "continue" | "stop" | "pause";

/** Another trial, as `decide` sees it. */
export interface PeerTrial {
  /** The number of the trial. */
  readonly index: number;
  /** Its scores after epochs 1, 2, … */
  readonly values: readonly number[];
  /** Whether it trained to its end. Pruned, paused, failed and running trials are not finished. */
  readonly finished: boolean;
  /** How many epochs it has if it is never pruned, where that is not the same for all. */
  readonly maxEpochs?: number;
}

/** What a pruner is told after an epoch of a trial. */
export interface PrunerContext {
  /** The number of the trial. */
  readonly index: number;
  /** How many epochs it has done, from 1. */
  readonly epoch: number;
  /** Its scores after epochs 1 to `epoch`; NaN counts as the worst. With folds: the mean over those of that epoch. */
  readonly values: readonly number[];
  /** The other trials, in any order. */
  readonly others: readonly PeerTrial[];
  /** Whether small or large scores are good. */
  readonly direction: Direction;
  /** How many epochs a trial has that is never pruned. */
  readonly maxEpochs: number;
}

/** A trial, as `review` sees it. */
export interface ReviewedTrial {
  /** The number of the trial. */
  readonly index: number;
  /** Its scores after epochs 1, 2, … */
  readonly values: readonly number[];
  /** `waiting`, `running`, `paused`, `done`, `pruned` or `failed`. */
  readonly status: string;
  /** How many epochs it has if it is never pruned, where that is not the same for all. */
  readonly maxEpochs?: number;
}

/** What a pruner is told when paused trials may go on. */
export interface ReviewContext {
  /** All trials that have been proposed, in any order. */
  readonly trials: readonly ReviewedTrial[];
  /** Whether small or large scores are good. */
  readonly direction: Direction;
  /** How many epochs a trial has that is never pruned. */
  readonly maxEpochs: number;
  /** Whether no further trial will be proposed. */
  readonly isComplete: boolean;
}

/** What becomes of paused trials; those in neither list stay paused. */
export interface Review {
  /** Trials that go on, the most urgent first. They come before new trials. */
  readonly resume: readonly number[];
  /** Trials that will never go on and end as pruned; their state can be dropped. */
  readonly stop: readonly number[];
}

/**
 * How far a pruner's decisions depend on the order in which trials happen to run:
 *
 * - `free`: not at all. Decisions are a function of the scores alone, for any number of workers and any order.
 * - `lagged`: not, if the `others` of trial i are exactly the trials up to i − lag, all at their end, with a lag that does not depend
 *   on the number of workers: what the engine does in deterministic mode, as for samplers.
 * - `arrival`: they do, and a search with such a pruner is not repeatable: deterministic mode refuses it.
 */
export type OrderDependence = "free" | "lagged" | "arrival";

/**
 * A rule that ends bad trials early. Both methods are pure functions of their context. The engine
 *
 * 1. calls `decide` after each epoch of a trial but the last, and does what it says;
 * 2. calls `review` when a trial has paused or ended, and when the last trial has been proposed; ends the trials in `stop` as
 *    pruned, and gives free workers the trials in `resume`, in order, before new ones. A resumed trial counts as running from then
 *    on, and goes on at the epoch after its pause, from the same state;
 * 3. is done when no more trials are proposed and none is running or paused. As then nothing can change a `review`, one in that
 *    state has every paused trial in one of its lists.
 */
export interface Pruner {
  /** The name in the table. */
  readonly id: string;
  /** All options with their values, as JSON. */
  readonly config: Readonly<Record<string, Json>>;
  /** How far decisions depend on the order in which trials run. */
  readonly order: OrderDependence;
  /**
   * The epochs after which `decide` may say `pause`, of a trial with so many epochs in all; without this, all. A thread goes on to
   * the next of them without waiting for the verdicts between.
   */
  rungs?(maxEpochs: number): readonly number[];
  /**
   * The number of the last trial on which it depends what becomes of a paused trial; without this, itself. With it a deterministic search
   * with a sampler that learns shows later trials how this one ended; where trials wait for ones that come later and nothing says so, they
   * are proposed one by one.
   */
  lastPeer?(index: number): number;
  /** What a trial does after an epoch. */
  decide(context: PrunerContext): Verdict;
  /** Which paused trials go on, and which never will. */
  review(context: ReviewContext): Review;
}
