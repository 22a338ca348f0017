import { resolveSpace } from "../../src/search/space/resolve_space.ts";
import type { FinishedTrial, Sampler } from "../../src/search/samplers/sampler.ts";
import type { Objective } from "./objectives.ts";

/**
 * Lets a sampler make an objective small, one trial after the other.
 *
 * @returns The least value found.
 */
export function runSampler(sampler: Sampler, objective: Objective, options: { trials: number; seed: number }): number {
  const space = resolveSpace(objective.space);
  const finished: FinishedTrial[] = [];
  let best = Infinity;
  for (let index = 0; index < options.trials; index++) {
    const params = sampler.propose({ space, index, seed: options.seed, direction: "min", finished });
    if (params === null) break;
    const score = objective.evaluate(params);
    finished.push({ index, params, score, status: "done" });
    best = Math.min(best, score);
  }
  return best;
}
