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
  const others = strategy === "rand1bin" ? 1 : 0;
  const picked = new Int32Array(others + 2);
  const vary = ({ population, draws, rates, step }: Generation): void => {
    const { cells, places } = population;
    const dither = draws.at(step, 2 * members).uniform();
    const scale = range === null ? rates.mutation : range[0] + (range[1] - range[0]) * dither;
    const { recombination } = rates;
    const best = population.beginOf(findBest(population.scores, 0, members));
    draws.expect(step, [members, 2 * members], size + 8, 0);
    for (let i = 0; i < members; i++) {
      draws.at(step, members + i);
      const own = population.beginOf(i), trial = population.beginOf(members + i);
      pickOthers(draws, members, i, picked);
      // What the difference of two others is added to.
      const base = strategy === "best1bin" ? best : strategy === "rand1bin" ? population.beginOf(picked[0]) : own;
      const [first, second] = [population.beginOf(picked[others]), population.beginOf(picked[others + 1])];
      const toBest = strategy === "currenttobest1bin" ? scale : 0;
      const always = draws.integer(size);
      let zero = 0;
      for (let j = 0; j < size; j++) {
        const at = places[j];
        let weight = cells[own + at];
        if (draws.uniform() < recombination || j === always) {
          const gap = scale * (cells[first + at] - cells[second + at]);
          weight = toBest === 0 ? cells[base + at] + gap : weight + toBest * (cells[best + at] - weight) + gap;
        }
        cells[trial + at] = weight;
        zero += 0 * cells[trial + at];
      }
      population.note(members + i, zero === 0);
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
