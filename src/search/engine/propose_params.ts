import type { Params } from "../space/params.ts";
import type { SearchSettings } from "./read_search_options.ts";
import type { Direction, FinishedTrial } from "../samplers/sampler.ts";
import type { LiveTrial } from "./live_trial.ts";

/** The trials that a sampler may see. */
export interface TrialsSoFar {
  readonly ended: { readonly finished: readonly FinishedTrial[] };
  /** What a trial of a deterministic search sees of them, by `seeTrials`; null in others, which see all. */
  readonly seen: readonly FinishedTrial[] | null;
  readonly live: ReadonlyMap<number, LiveTrial>;
  /** Those that other processes work on. */
  readonly foreign: ReadonlyMap<number, Params>;
  readonly direction: Direction;
}

/**
 * Asks the sampler for the params of a trial. One that learns sees all trials, those that are not finished as pending; in a deterministic
 * search those that it may see count as finished, and all others as pending.
 */
export function proposeParams(
  index: number,
  { ended: { finished }, seen, live, foreign, direction }: TrialsSoFar,
  { sampler, space, seed }: SearchSettings,
): Params | null {
  if (!sampler.isAdaptive) return sampler.propose({ space, index, seed, direction, finished: [], pending: [] });
  const known = (seen ?? finished).toSorted((a, b) => a.index - b.index);
  const isKnown = new Set(known.map(({ index }) => index));
  const pending = [
    ...Array.from(live.values(), ({ id, params }) => ({ index: id, params })),
    ...Array.from(foreign, ([id, params]) => ({ index: id, params })),
    ...finished.map(({ index, params }) => ({ index, params })),
  ].filter((trial) => !isKnown.has(trial.index)).sort((a, b) => a.index - b.index);
  return sampler.propose({ space, index, seed, direction, finished: known, pending });
}
