import type { Params } from "../params.ts";
import type { SearchSettings } from "../read_search_options.ts";
import type { Direction, FinishedTrial } from "../sampler.ts";
import type { LiveTrial } from "./live_trial.ts";

/** The trials that a sampler may see. */
export interface TrialsSoFar {
  readonly finished: readonly FinishedTrial[];
  readonly live: ReadonlyMap<number, LiveTrial>;
  /** Those that other processes work on. */
  readonly foreign: ReadonlyMap<number, Params>;
  readonly direction: Direction;
}

/**
 * Asks the sampler for the params of a trial. One that learns sees all trials; in a deterministic search those up to `index − lag` as
 * finished, and those between as pending.
 */
export function proposeParams(
  index: number,
  { finished, live, foreign, direction }: TrialsSoFar,
  { sampler, space, seed, deterministic, lag }: SearchSettings,
): Params | null {
  if (!sampler.isAdaptive) return sampler.propose({ space, index, seed, direction, finished: [], pending: [] });
  const isSeen = (trial: FinishedTrial): boolean => !deterministic || trial.index <= index - lag;
  const pending = [
    ...Array.from(live.values(), ({ id, params }) => ({ index: id, params })),
    ...Array.from(foreign, ([id, params]) => ({ index: id, params })),
    ...finished.filter((trial) => !isSeen(trial)).map(({ index, params }) => ({ index, params })),
  ].sort((a, b) => a.index - b.index);
  const seen = finished.filter(isSeen).sort((a, b) => a.index - b.index);
  return sampler.propose({ space, index, seed, direction, finished: seen, pending });
}
