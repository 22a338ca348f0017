import { findEntry } from "../../errors/find_entry.ts";
import type { Params } from "../space/params.ts";
import type { PeerTrial, Review, ReviewedTrial, Verdict } from "../pruners/pruner.ts";
import type { SearchSettings } from "./read_search_options.ts";
import type { Direction } from "../samplers/sampler.ts";
import type { Trial } from "../trials/trial.ts";
import type { LiveTrial } from "./live_trial.ts";

/** The trials that a pruner looks at. */
export interface TrialsToJudge {
  readonly ended: readonly Trial[];
  readonly live: ReadonlyMap<number, LiveTrial>;
  readonly direction: Direction;
}

/**
 * Asks the pruner about the epochs of a trial that all its runs have done and that were not judged before; `judged` counts them. A trial
 * can pause only where all its runs have met.
 */
export function judgeTrial(
  trial: LiveTrial,
  { ended, live, direction }: TrialsToJudge,
  settings: SearchSettings,
): Verdict {
  const { pruner, deterministic, lag, monitor } = settings;
  const last = Math.min(trial.done, trial.epochs - 1);
  if (pruner.id === "none" || trial.judged >= last) return "continue";
  const isGated = deterministic && pruner.order === "lagged";
  const values = trial.values(monitor);
  const others = ended
    .filter(({ id }) => !isGated || id <= trial.id - lag)
    .map(({ id, history, status, params }): PeerTrial => ({
      index: id,
      values: findEntry(history, monitor) ?? [],
      finished: status === "done",
      ...lengthOf(params, settings),
    }));
  if (!isGated) {
    for (const other of live.values()) {
      const { id, params } = other;
      if (other === trial) continue;
      others.push({ index: id, values: other.values(monitor), finished: false, ...lengthOf(params, settings) });
    }
  }
  const canPause = trial.runs.every(({ serial }) => serial === null);
  while (trial.judged < last) {
    const epoch = ++trial.judged;
    const verdict = pruner.decide({
      index: trial.id,
      epoch,
      values: values.slice(0, epoch),
      others,
      direction,
      maxEpochs: trial.epochs,
    });
    if (verdict === "stop" || verdict === "pause" && epoch === trial.target && canPause) return verdict;
  }
  return "continue";
}

/** Asks the pruner which paused trials go on, and which never will. */
export function reviewTrials(
  { ended, live, direction, foreign, isComplete }: TrialsToJudge & {
    /** Trials that other processes work on. */
    readonly foreign: ReadonlyMap<number, Params>;
    /** Whether no further trial will be proposed. */
    readonly isComplete: boolean;
  },
  settings: SearchSettings,
): Review {
  const { pruner, monitor } = settings;
  const begun = [...live.values()];
  if (!begun.some(({ status }) => status === "paused")) return { resume: [], stop: [] };
  return pruner.review({
    trials: [
      ...ended.map(({ id, history, status, params }): ReviewedTrial => {
        return { index: id, values: findEntry(history, monitor) ?? [], status, ...lengthOf(params, settings) };
      }),
      ...begun.map((trial): ReviewedTrial => {
        const { id, status, params } = trial;
        return { index: id, values: trial.values(monitor), status, ...lengthOf(params, settings) };
      }),
      ...Array.from(foreign, ([id, params]): ReviewedTrial => {
        return { index: id, values: [], status: "running", ...lengthOf(params, settings) };
      }),
    ],
    direction,
    maxEpochs: begun.reduce((most, { epochs }) => Math.max(most, epochs), 0),
    isComplete,
  });
}

/** How many epochs a trial has, where that follows from its params. */
function lengthOf(params: Params, { epochs, epochsOf }: SearchSettings): { maxEpochs?: number } {
  return typeof epochs === "function" ? { maxEpochs: epochsOf(params) } : {};
}
