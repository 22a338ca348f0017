import { findEntry } from "../../errors/find_entry.ts";
import type { Review, Verdict } from "../pruner.ts";
import type { SearchSettings } from "../read_search_options.ts";
import type { Direction } from "../sampler.ts";
import type { Trial } from "../trial.ts";
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
    .map(({ id, history, status }) => ({
      index: id,
      values: findEntry(history, monitor) ?? [],
      finished: status === "done",
    }));
  if (!isGated) {
    for (const other of live.values()) {
      if (other !== trial) others.push({ index: other.id, values: other.values(monitor), finished: false });
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
    /** The numbers of trials that other processes work on. */
    readonly foreign: Iterable<number>;
    /** Whether no further trial will be proposed. */
    readonly isComplete: boolean;
  },
  { pruner, monitor }: SearchSettings,
): Review {
  const begun = [...live.values()];
  if (!begun.some(({ status }) => status === "paused")) return { resume: [], stop: [] };
  return pruner.review({
    trials: [
      ...ended.map(({ id, history, status }) => ({ index: id, values: findEntry(history, monitor) ?? [], status })),
      ...begun.map((trial) => ({ index: trial.id, values: trial.values(monitor), status: trial.status })),
      ...Array.from(foreign, (id) => ({ index: id, values: [], status: "running" })),
    ],
    direction,
    maxEpochs: begun.reduce((most, { epochs }) => Math.max(most, epochs), 0),
    isComplete,
  });
}
