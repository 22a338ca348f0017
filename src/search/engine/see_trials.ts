import { findEntry } from "../../errors/find_entry.ts";
import type { Params } from "../space/params.ts";
import type { SearchSettings } from "./read_search_options.ts";
import type { FinishedTrial } from "../samplers/sampler.ts";
import type { EndedTrials } from "./ended_trials.ts";
import type { LiveTrial } from "./live_trial.ts";

/** The trials that have been proposed. */
export interface ProposedTrials {
  readonly ended: EndedTrials;
  readonly live: ReadonlyMap<number, LiveTrial>;
  /** Those that other processes work on. */
  readonly foreign: ReadonlyMap<number, Params>;
  /** Whether nothing is at work: only another trial can change anything. */
  readonly isAtRest: boolean;
}

/**
 * What trial `index` of a deterministic search knows of the others: a function of the trials alone, not of the time. It sees those up to
 * `index − lag`, each at its end if that depends on no later trial, and otherwise at the first rung at which it can be paused.
 *
 * Where a pruner leaves trials paused without saying for whom they wait, all come to rest at the same place, and the paused ones are seen
 * as they stand; so a search never waits for ever.
 *
 * @returns The trials that it sees; null if it must wait for them.
 */
export function seeTrials(
  index: number,
  { ended, live, foreign, isAtRest }: ProposedTrials,
  settings: SearchSettings,
): FinishedTrial[] | null {
  const { pruner, lag, monitor, epochsOf } = settings;
  const last = index - lag;
  const isSettled = (id: number): boolean => (pruner.lastPeer?.(id) ?? id) <= last;
  const firstRung = (params: Params): number => pruner.rungs?.(epochsOf(params))[0] ?? Infinity;
  const seen: FinishedTrial[] = [];
  for (const id of foreign.keys()) if (id <= last) return null;
  for (const trial of live.values()) {
    const { id, params, done } = trial;
    if (id > last) continue;
    const rung = firstRung(params);
    if (!isSettled(id) && done >= rung) seen.push(cut(id, params, trial.values(monitor), rung));
    else if (isAtRest) seen.push(cut(id, params, trial.values(monitor), done));
    else return null;
  }
  for (const [k, trial] of ended.all.entries()) {
    if (trial.id > last) continue;
    const rung = isSettled(trial.id) ? Infinity : firstRung(trial.params);
    const values = findEntry(trial.history, monitor) ?? [];
    seen.push(values.length >= rung ? cut(trial.id, trial.params, values, rung) : ended.finished[k]);
  }
  return seen;
}

/** A trial as it was after some epochs. */
function cut(index: number, params: Params, values: readonly number[], epochs: number): FinishedTrial {
  return { index, params, score: values[epochs - 1] ?? null, status: "pruned", epochs };
}
