import type { Json } from "../../tensor/json.ts";
import type { Params } from "../space/params.ts";
import type { ResolvedSpace } from "../space/space.ts";

/** Whether small or large scores are good. */
export type Direction = "min" | "max";

/** A trial that has come to its end, as a sampler sees it. */
export interface FinishedTrial {
  /** The number of the trial. */
  readonly index: number;
  /** The params that were tried. */
  readonly params: Params;
  /** Its score, for a pruned trial the last one it reached; null or NaN if there is none. */
  readonly score: number | null;
  /** How it ended: `done`, `pruned` or `failed`. */
  readonly status: string;
  /** Epochs trained. Pruned trials that got further count as better. */
  readonly epochs?: number;
}

/** What a sampler is told when it is asked for a trial's params. */
export interface SamplerContext {
  /** The space. */
  readonly space: ResolvedSpace;
  /** The number of the trial, from 0. */
  readonly index: number;
  /** The seed of the search. */
  readonly seed: number;
  /** Whether small or large scores are good. */
  readonly direction: Direction;
  /** Trials at their end, in any order; samplers that do not learn ignore them. */
  readonly finished: readonly FinishedTrial[];
  /** Trials that have been proposed and are not at their end, so that a sampler can keep away from them. */
  readonly pending?: readonly { readonly index: number; readonly params: Params }[];
}

/**
 * A rule that says which params to try. `propose` is a pure function of its context: what it keeps between calls only saves
 * time. So a search is repeatable as soon as its contexts are. Samplers that do not learn see only index and seed, and are
 * repeatable for any number of workers. For one that learns, the engine in deterministic mode starts trial i when all trials
 * up to i − lag are at their end, with a lag that does not depend on the number of workers, and passes exactly these as
 * `finished` and exactly those between as `pending`.
 */
export interface Sampler {
  /** The name in the table. */
  readonly id: string;
  /** All options with their values, as JSON. */
  readonly config: Readonly<Record<string, Json>>;
  /** Whether `propose` looks at `finished` and `pending`. */
  readonly isAdaptive: boolean;
  /**
   * How many trials there can be in a space; null if there is no limit, or it is not known.
   *
   * @throws {RangeError} If the sampler cannot work in this space.
   */
  count(space: ResolvedSpace): number | null;
  /**
   * The params of a trial; null if there is nothing left to try.
   *
   * @throws {RangeError} If the sampler cannot work in this space.
   */
  propose(context: SamplerContext): Params | null;
}
