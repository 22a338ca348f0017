import { checkInteger } from "../errors/check_integer.ts";
import { findBest } from "../evolution/find_best.ts";
import type { Generation, PopulationRule, Rows } from "../evolution/population_rule.ts";
import { exponentialDecay } from "../schedules/exponential_decay.ts";
import { defineRow } from "../tables/define_row.ts";
import { exponential } from "../tensor/exponential.ts";
import { buildPopulationOptimizer, checkPopulationOptions } from "./build_population_optimizer.ts";
import type { OptimizerRow } from "./optimizer_row.ts";
import { MOST_MEMBERS, type PopulationOptimizer } from "./population_optimizer.ts";
import { type Rate, readRate } from "./read_rates.ts";

/** Options of `simulatedAnnealing`. */
export interface SimulatedAnnealingOptions {
  /** How many chains walk side by side, an integer from 1 to 65536; 1 by default. Each step moves all of them. */
  populationSize?: number;
  /**
   * The temperature, >= 0, or the schedule by which it cools, which counts steps since the last reheating. Default:
   * `schedules.exponentialDecay({ initialLearningRate: 1, decaySteps: 100, decayRate: 0.9 })`.
   */
  temperature?: Rate;
  /** The standard deviation of a step, > 0, or a schedule, which counts all steps; 0.1 by default. */
  sigma?: Rate;
  /**
   * After so many steps in which the best score has not become better, chains go back to the best weights, and the temperature to its
   * beginning: an integer >= 1. Default null: never.
   */
  reheatAfter?: number | null;
}

/** What is in the array `numbers`: steps since the last reheating, and since the best score became better. */
const AGE = 0;
const IDLE = 1;

/**
 * Simulated annealing: a step of normal random numbers is taken if it makes the score better, and with probability exp(−Δ / temperature) if
 * it makes it worse by Δ. The model gets the best weights so far.
 *
 * Source: Kirkpatrick, Gelatt and Vecchi 1983, Optimization by simulated annealing, with the acceptance of Metropolis et al. 1953.
 *
 * @param options populationSize, temperature, sigma, reheatAfter.
 * @returns The optimizer.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option has the wrong type, needs gradients, or does not exist.
 */
export function simulatedAnnealing(options: SimulatedAnnealingOptions = {}): PopulationOptimizer {
  const what = "create simulated_annealing optimizer";
  checkPopulationOptions("simulated_annealing", options, ["populationSize", "temperature", "sigma", "reheatAfter"]);
  const populationSize = checkInteger(what, "populationSize", options.populationSize ?? 1, {
    min: 1,
    max: MOST_MEMBERS,
  });
  const cooling = exponentialDecay({ initialLearningRate: 1, decaySteps: 100, decayRate: 0.9 });
  const temperature = readRate(what, "temperature", options.temperature ?? cooling, { min: 0 });
  const sigma = readRate(what, "sigma", options.sigma ?? 0.1, { minExclusive: 0, max: 1e6 });
  const given = options.reheatAfter ?? null;
  const reheatAfter = given === null ? null : checkInteger(what, "reheatAfter", given, { min: 1 });
  return buildPopulationOptimizer({
    id: "simulated_annealing",
    own: { populationSize, reheatAfter },
    rates: { temperature, sigma },
    ruleFor: (size) => ruleFor(size, populationSize, reheatAfter),
  });
}

/** Rows: where chains would go, where they are, and the best so far. */
function ruleFor(size: number, chains: number, reheatAfter: number | null): PopulationRule {
  const best = 2 * chains;
  const member = { values: new Float64Array(0) };
  const draw = ({ population, draws, rates, step }: Generation): void => {
    if (member.values.length !== size) member.values = new Float64Array(size);
    draws.expect(step, [0, chains], 0, size);
    for (let chain = 0; chain < chains; chain++) {
      population.read(chains + chain, member.values);
      draws.at(step, chain);
      for (let i = 0; i < size; i++) member.values[i] += rates.sigma * draws.normal();
      population.write(chain, member.values);
    }
  };
  return {
    rows: 2 * chains + 1,
    members: chains,
    arrays: { numbers: [2] },
    current: () => [chains, 2 * chains],
    begin(g) {
      for (let row = chains; row <= best; row++) g.population.write(row, g.weights);
      g.arrays.numbers.fill(0);
      draw(g);
      return [[0, best + 1]];
    },
    propose(g) {
      draw(g);
      const rows: Rows = [0, g.isAnotherBatch ? best + 1 : chains];
      return [rows];
    },
    select({ population, arrays: { numbers }, rates: { temperature }, draws, step }) {
      const { scores } = population;
      for (let chain = 0; chain < chains; chain++) {
        const worse = scores[chain] - scores[chains + chain];
        const odds = draws.at(step, chains + chain).uniform();
        if (worse <= 0 || temperature > 0 && odds < exponential(-worse / temperature)) {
          population.copy(chain, chains + chain);
        }
      }
      const found = findBest(scores, 0, chains);
      const isBetter = !(scores[best] <= scores[found]);
      if (isBetter) population.copy(found, best);
      numbers[AGE]++;
      numbers[IDLE] = isBetter ? 0 : numbers[IDLE] + 1;
      if (reheatAfter !== null && numbers[IDLE] >= reheatAfter) {
        numbers.fill(0);
        for (let chain = 0; chain < chains; chain++) population.copy(best, chains + chain);
      }
      return best;
    },
    clockOf: (rate, { numbers }) => rate === "temperature" ? Math.max(0, Math.floor(numbers[AGE]) || 0) : null,
  };
}

/** Its row of the table. */
export const simulatedAnnealingRow: OptimizerRow = defineRow({ id: "simulated_annealing", create: simulatedAnnealing });
