import { checkInteger } from "../errors/check_integer.ts";
import { describeValue } from "../errors/describe_value.ts";
import { orderMembers } from "../evolution/order_members.ts";
import type { Generation, PopulationRule, Rows } from "../evolution/population_rule.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import { adam } from "./adam.ts";
import { buildPopulationOptimizer, checkPopulationOptions } from "./build_population_optimizer.ts";
import { checkChoice } from "./check_choice.ts";
import type { Optimizer } from "./optimizer.ts";
import type { OptimizerRow } from "./optimizer_row.ts";
import { isPopulation, MOST_MEMBERS, type PopulationOptimizer } from "./population_optimizer.ts";
import { type Rate, readRate } from "./read_rates.ts";

/** Options of `evolutionStrategy`. */
export interface EvolutionStrategyOptions {
  /** How many members a generation has, an even integer from 2 to 65536: each draw of noise is used with both signs. 64 by default. */
  populationSize?: number;
  /** The standard deviation of the noise, > 0, or a schedule; 0.1 by default. */
  sigma?: Rate;
  /**
   * How scores count: `"centered_rank"` (default) as ranks from −½ to ½, so that only their order matters; `"none"` as they are, which
   * estimates the gradient of the loss itself.
   */
  fitnessShaping?: "centered_rank" | "none";
  /**
   * What takes the step on the estimated gradient: any optimizer with gradients, with its weight decay, clipping and so on. Default
   * `optimizers.adam({ learningRate: 0.05 })`. Its learning rate is that of the model.
   */
  optimizer?: Optimizer | string | Pick<Optimizer, "id" | "config">;
}

/**
 * Evolution strategy: the gradient is estimated from the scores of members that noise has moved away from the weights, in pairs of opposite
 * noise, g = Σ utility(score) · noise / (populationSize · sigma); an optimizer takes a step on it. The weights are the centre of the
 * members, and the loss in the logs is that before the step, as with gradients.
 *
 * A step takes populationSize + 1 evaluations. Memory grows with populationSize · weights.
 *
 * Source: Salimans et al. 2017, Evolution strategies as a scalable alternative to reinforcement learning, arXiv:1703.03864.
 *
 * @param options populationSize, sigma, fitnessShaping, optimizer.
 * @returns The optimizer.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option has the wrong type or does not exist.
 */
export function evolutionStrategy(options: EvolutionStrategyOptions = {}): PopulationOptimizer {
  const id = "evolution_strategy";
  const what = `create ${id} optimizer`;
  checkPopulationOptions(id, options, ["populationSize", "sigma", "fitnessShaping", "optimizer"]);
  const size = options.populationSize ?? 64;
  const populationSize = checkInteger(what, "populationSize", size, { min: 2, max: MOST_MEMBERS });
  if (populationSize % 2 === 1) {
    throw new RangeError(
      `Cannot ${what}: populationSize must be even, since members come in pairs, got ${populationSize}`,
    );
  }
  const sigma = readRate(what, "sigma", options.sigma ?? 0.1, { minExclusive: 0, max: 1e6 });
  const shapings = ["centered_rank", "none"] as const;
  const fitnessShaping = checkChoice(what, "fitnessShaping", options.fitnessShaping ?? "centered_rank", shapings);
  const given = options.optimizer ?? adam({ learningRate: 0.05 });
  const build = (inner: Optimizer | null, saved: Json): PopulationOptimizer => {
    return buildPopulationOptimizer({
      id,
      own: { populationSize, fitnessShaping, optimizer: saved },
      rates: { sigma },
      ...(inner === null ? {} : { inner: checkInner(what, inner) }),
      ruleFor: () => ruleFor(populationSize, fitnessShaping === "centered_rank"),
    });
  };
  const save = ({ id, config }: Pick<Optimizer, "id" | "config">): Json => ({ id, config });
  if (typeof given === "object" && given !== null && "cells" in given) {
    return build(given as Optimizer, save(given));
  }
  if (typeof given !== "string" && !(typeof given === "object" && given !== null && "id" in given)) {
    throw new TypeError(
      `Cannot ${what}: optimizer must be a name, an object from optimizers.*, or { id, config }, got ${
        describeValue(given)
      }`,
    );
  }
  return Object.freeze({
    ...build(null, typeof given === "string" ? given : save(given)),
    settle(resolve: (spec: typeof given) => Optimizer | PopulationOptimizer): PopulationOptimizer {
      const inner = resolve(given);
      return build(inner as Optimizer, save(inner));
    },
  });
}

/** Checks what is to take steps on estimated gradients. */
function checkInner(what: string, inner: Optimizer | PopulationOptimizer): Optimizer {
  const rule = isPopulation(inner)
    ? "one that uses gradients"
    : inner.common.gradientAccumulationSteps !== null
    ? "one without gradientAccumulationSteps"
    : "formula" in inner && inner.point !== undefined
    ? "one that takes gradients at the weights themselves"
    : null;
  if (rule === null) return inner as Optimizer;
  throw new TypeError(`Cannot ${what}: optimizer must be ${rule}, got ${describeValue(inner.id)}`);
}

/** Rows: the members, each pair side by side. */
function ruleFor(members: number, ranked: boolean): PopulationRule {
  let shares = new Float64Array(0);
  let [order, utility] = [new Int32Array(0), new Float64Array(0)];
  const draw = ({ rates, drawPairs }: Generation): readonly Rows[] => {
    drawPairs(members, rates.sigma);
    return [[0, members]];
  };
  const judge = (scores: Float64Array): void => {
    if (utility.length !== members) [order, utility] = [new Int32Array(members), new Float64Array(members)];
    orderMembers(scores, 0, order);
    if (ranked) order.forEach((row, rank) => utility[row] = rank / (members - 1) - 0.5);
    else {
      // Without a finite score a member counts as the worst of the others.
      let worst = 0;
      for (const row of order) if (scores[row] < Infinity) worst = scores[row];
      for (let row = 0; row < members; row++) utility[row] = Math.min(scores[row], worst);
    }
  };
  return {
    rows: members,
    members,
    arrays: {},
    current: () => [0, members],
    begin: draw,
    propose: draw,
    select({ population: { scores, isConstrained }, rates: { sigma }, sumRows }) {
      judge(scores);
      // What was drawn stands in the rows, as far as float32 holds it, and constraints have let it be: only these part pairs.
      const every = isConstrained ? 1 : 2;
      if (shares.length !== members / every) shares = new Float64Array(members / every);
      const norm = 1 / (members * sigma * sigma);
      for (let i = 0; i < shares.length; i++) {
        shares[i] = norm * (isConstrained ? utility[i] : utility[2 * i] - utility[2 * i + 1]);
      }
      sumRows(shares, every);
      return -1;
    },
  };
}

/** Its row of the table. */
export const evolutionStrategyRow: OptimizerRow = defineRow({ id: "evolution_strategy", create: evolutionStrategy });
