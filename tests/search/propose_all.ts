import type { Params } from "../../src/search/space/params.ts";
import { resolveSpace } from "../../src/search/space/resolve_space.ts";
import type { FinishedTrial, Sampler } from "../../src/search/samplers/sampler.ts";
import type { Forbidden, Space } from "../../src/search/space/space.ts";

/** Options of `proposeAll`. */
export interface ProposeOptions {
  seed?: number;
  forbidden?: readonly Forbidden[];
  /** The score of params; 0 by default. */
  evaluate?: (params: Params) => number | null;
}

/** The params of up to `trials` trials one after the other, until the sampler ends. */
export function proposeAll(sampler: Sampler, space: Space, trials: number, options: ProposeOptions = {}): Params[] {
  const { seed = 1, forbidden, evaluate = () => 0 } = options;
  const resolved = resolveSpace(space, { forbidden });
  const finished: FinishedTrial[] = [];
  for (let index = 0; index < trials; index++) {
    const params = sampler.propose({ space: resolved, index, seed, direction: "min", finished });
    if (params === null) break;
    finished.push({ index, params, score: evaluate(params), status: "done" });
  }
  return finished.map(({ params }) => params);
}
