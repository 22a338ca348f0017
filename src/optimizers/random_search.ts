import { checkInteger } from "../errors/check_integer.ts";
import { findBest } from "../evolution/find_best.ts";
import type { Generation, PopulationRule, Rows } from "../evolution/population_rule.ts";
import { defineRow } from "../tables/define_row.ts";
import { buildPopulationOptimizer, checkPopulationOptions } from "./build_population_optimizer.ts";
import { checkChoice } from "./check_choice.ts";
import type { OptimizerRow } from "./optimizer_row.ts";
import { MOST_MEMBERS, type PopulationOptimizer } from "./population_optimizer.ts";
import { type Rate, readRate } from "./read_rates.ts";

/** Options of `randomSearch`. */
export interface RandomSearchOptions {
  /** How many candidates a generation draws, an integer from 1 to 65536; 32 by default. */
  populationSize?: number;
  /** The standard deviation of candidates, > 0, or a schedule; 0.5 by default. */
  sigma?: Rate;
  /** What candidates are drawn about: the `"best"` weights so far (default), or those at the `"start"`. */
  around?: "best" | "start";
}

/**
 * Random search: candidates are drawn from a normal distribution, and the best one so far is the model. About the best weights it is random
 * optimization, about the start pure random search.
 *
 * Source: Brooks 1958, A discussion of random methods for seeking maxima; Matyas 1965, Random optimization.
 *
 * @param options populationSize, sigma, around.
 * @returns The optimizer.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option has the wrong type, needs gradients, or does not exist.
 */
export function randomSearch(options: RandomSearchOptions = {}): PopulationOptimizer {
  const what = "create random_search optimizer";
  checkPopulationOptions("random_search", options, ["populationSize", "sigma", "around"]);
  const populationSize = checkInteger(what, "populationSize", options.populationSize ?? 32, {
    min: 1,
    max: MOST_MEMBERS,
  });
  const sigma = readRate(what, "sigma", options.sigma ?? 0.5, { minExclusive: 0, max: 1e6 });
  const around = checkChoice(what, "around", options.around ?? "best", ["best", "start"]);
  return buildPopulationOptimizer({
    id: "random_search",
    own: { populationSize, around },
    rates: { sigma },
    ruleFor: (size) => ruleFor(size, populationSize, around === "best"),
  });
}

/** Rows: candidates, and then the best so far. */
function ruleFor(size: number, members: number, followsBest: boolean): PopulationRule {
  const best = members;
  const center = { values: new Float64Array(0) };
  const member = { values: new Float64Array(0) };
  const draw = ({ population, arrays, draws, rates, step }: Generation): void => {
    if (center.values.length !== size) {
      [center.values, member.values] = [new Float64Array(size), new Float64Array(size)];
    }
    if (followsBest) population.read(best, center.values);
    else center.values.set(arrays.start);
    draws.expect(step, [0, members], 0, size);
    for (let row = 0; row < members; row++) {
      draws.at(step, row);
      for (let i = 0; i < size; i++) member.values[i] = center.values[i] + rates.sigma * draws.normal();
      population.write(row, member.values);
    }
  };
  return {
    rows: members + 1,
    members,
    arrays: followsBest ? {} : { start: [size] },
    current: () => [0, members + 1],
    begin(g) {
      g.population.write(best, g.weights);
      g.arrays.start?.set(g.weights);
      draw(g);
      return [[0, members + 1]];
    },
    propose(g) {
      draw(g);
      const rows: Rows = [0, g.isAnotherBatch ? members + 1 : members];
      return [rows];
    },
    select({ population }) {
      const { scores } = population;
      const found = findBest(scores, 0, members);
      if (!(scores[best] <= scores[found])) population.copy(found, best);
      return best;
    },
  };
}

/** Its row of the table. */
export const randomSearchRow: OptimizerRow = defineRow({ id: "random_search", create: randomSearch });
