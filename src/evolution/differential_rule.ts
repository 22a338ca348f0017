import { findBest } from "./find_best.ts";
import { pickOthers } from "./pick_others.ts";
import type { Generation, PopulationRule } from "./population_rule.ts";
import { replaceWorse } from "./replace_worse.ts";
import { scatter } from "./scatter.ts";

/** What differential evolution is told. */
export interface DifferentialOptions {
  /** The number of weights. */
  readonly size: number;
  readonly populationSize: number;
  readonly strategy: "best1bin" | "rand1bin" | "currenttobest1bin";
  readonly initialSigma: number;
  /** Between which numbers F is drawn; null: the rate `mutation` says it. */
  readonly range: readonly [number, number] | null;
}

/** Differential evolution; `differentialEvolution` says what it does. Rows: members, and then as many for trials. */
export function differentialRule(
  { size, populationSize, strategy, initialSigma, range }: DifferentialOptions,
): PopulationRule {
  const members = populationSize;
  const picked = new Int32Array(strategy === "rand1bin" ? 3 : 2);
  let vectors: readonly Float64Array[] = [];
  const vary = (g: Generation): void => {
    const { population, draws, rates, step } = g;
    if (vectors.length === 0) vectors = Array.from({ length: 5 }, () => new Float64Array(size));
    const [trial, best, first, second, third] = vectors;
    const dither = draws.at(step, 2 * members).uniform();
    const scale = range === null ? rates.mutation : range[0] + (range[1] - range[0]) * dither;
    population.read(findBest(population.scores, 0, members), best);
    for (let i = 0; i < members; i++) {
      draws.at(step, members + i);
      population.read(i, trial);
      pickOthers(draws, members, i, picked);
      population.read(picked[0], first);
      population.read(picked[1], second);
      if (strategy === "rand1bin") population.read(picked[2], third);
      const always = draws.integer(size);
      for (let j = 0; j < size; j++) {
        const crosses = draws.uniform() < rates.recombination;
        if (!crosses && j !== always) continue;
        if (strategy === "best1bin") trial[j] = best[j] + scale * (first[j] - second[j]);
        else if (strategy === "rand1bin") trial[j] = first[j] + scale * (second[j] - third[j]);
        else trial[j] += scale * (best[j] - trial[j]) + scale * (first[j] - second[j]);
      }
      population.write(members + i, trial);
    }
  };
  return {
    rows: 2 * members,
    members,
    arrays: {},
    current: () => [0, members],
    begin(g) {
      scatter(g, 0, members, initialSigma);
      g.population.write(0, g.weights);
      return [[0, members]];
    },
    propose(g) {
      vary(g);
      return [[g.isAnotherBatch ? 0 : members, 2 * members]];
    },
    select({ population }, isFirst) {
      if (!isFirst) replaceWorse(population, members);
      return findBest(population.scores, 0, members);
    },
  };
}
