import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { findBest } from "../evolution/find_best.ts";
import type { Generation, PopulationRule } from "../evolution/population_rule.ts";
import { scatter } from "../evolution/scatter.ts";
import { defineRow } from "../tables/define_row.ts";
import { buildPopulationOptimizer, checkPopulationOptions } from "./build_population_optimizer.ts";
import { checkChoice } from "./check_choice.ts";
import type { OptimizerRow } from "./optimizer_row.ts";
import { MOST_MEMBERS, type PopulationOptimizer } from "./population_optimizer.ts";
import { type Rate, readRate } from "./read_rates.ts";

/** Options of `particleSwarm`. */
export interface ParticleSwarmOptions {
  /** How many particles there are, an integer from 2 to 65536; 40 by default. */
  populationSize?: number;
  /** The share of its velocity that a particle keeps, from 0 to 1, or a schedule; 0.7298 by default. */
  inertia?: Rate;
  /** How strongly a particle is drawn to the best place that it has seen, >= 0, or a schedule; 1.49618 by default. */
  cognitive?: Rate;
  /** How strongly it is drawn to the best place that its neighbours have seen, >= 0, or a schedule; 1.49618 by default. */
  social?: Rate;
  /** Who its neighbours are: `"global"` (default) all, `"ring"` those before and behind it. */
  topology?: "global" | "ring";
  /** The largest change of a weight in a step, > 0. Default null: none. */
  maxVelocity?: number | null;
  /** The standard deviation of the first particles about the model's weights, > 0; 1 by default. */
  initialSigma?: number;
}

const OPTIONS: readonly (keyof ParticleSwarmOptions)[] = [
  "populationSize",
  "inertia",
  "cognitive",
  "social",
  "topology",
  "maxVelocity",
  "initialSigma",
];

/**
 * Particle swarm optimization: v = inertia · v + cognitive · u1 · (own − x) + social · u2 · (best − x), x += v, with u1 and u2 drawn from
 * [0, 1) for each weight, `own` the best place that the particle has seen, and `best` that of its neighbours. The model gets the best place.
 *
 * In the first step the particles are drawn and evaluated; each has half the way to another such place as its velocity. Where the batch is
 * another one, the best places are evaluated anew, which takes twice as many evaluations.
 *
 * Source: Kennedy and Eberhart 1995, Particle swarm optimization; defaults from Clerc and Kennedy 2002, as in Bratton and Kennedy 2007,
 * Defining a standard for particle swarm optimization.
 *
 * @param options populationSize, inertia, cognitive, social, topology, maxVelocity, initialSigma.
 * @returns The optimizer.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option has the wrong type, needs gradients, or does not exist.
 */
export function particleSwarm(options: ParticleSwarmOptions = {}): PopulationOptimizer {
  const what = "create particle_swarm optimizer";
  checkPopulationOptions("particle_swarm", options, OPTIONS);
  const limit = options.maxVelocity ?? null;
  const own = {
    populationSize: checkInteger(what, "populationSize", options.populationSize ?? 40, { min: 2, max: MOST_MEMBERS }),
    topology: checkChoice(what, "topology", options.topology ?? "global", ["global", "ring"]),
    maxVelocity: limit === null ? null : checkNumber(what, "maxVelocity", limit, { minExclusive: 0 }),
    initialSigma: checkNumber(what, "initialSigma", options.initialSigma ?? 1, { minExclusive: 0, max: 1e6 }),
  };
  const rates = {
    inertia: readRate(what, "inertia", options.inertia ?? 0.7298, { min: 0, max: 1 }),
    cognitive: readRate(what, "cognitive", options.cognitive ?? 1.49618, { min: 0, max: 100 }),
    social: readRate(what, "social", options.social ?? 1.49618, { min: 0, max: 100 }),
  };
  return buildPopulationOptimizer({ id: "particle_swarm", own, rates, ruleFor: (size) => ruleFor(size, own) });
}

/** Rows: places, and then the best ones that each particle has seen. */
function ruleFor(
  size: number,
  { populationSize: members, topology, maxVelocity, initialSigma }: Required<
    Pick<ParticleSwarmOptions, "populationSize" | "topology" | "maxVelocity" | "initialSigma">
  >,
): PopulationRule {
  let vectors: readonly Float64Array[] = [];
  /** Velocities that become those of the particles when the generation is over. */
  let next = new Float64Array(0);
  const leaderOf = (scores: Float64Array, particle: number): number => {
    if (topology === "global") return findBest(scores, members, 2 * members);
    let best = members + particle;
    for (const other of [(particle + members - 1) % members, (particle + 1) % members]) {
      if (scores[members + other] < scores[best]) best = members + other;
    }
    return best;
  };
  const move = ({ population, arrays: { places, velocities }, draws, rates, step }: Generation): void => {
    if (vectors.length === 0) {
      vectors = Array.from({ length: 3 }, () => new Float64Array(size));
      next = new Float64Array(members * size);
    }
    const [x, own, best] = vectors;
    const { inertia, cognitive, social } = rates;
    draws.expect(step, [0, members], 2 * size, 0);
    for (let i = 0; i < members; i++) {
      for (let j = 0; j < size; j++) x[j] = places[i * size + j];
      population.read(members + i, own);
      population.read(leaderOf(population.scores, i), best);
      draws.at(step, i);
      for (let j = 0; j < size; j++) {
        const toOwn = cognitive * draws.uniform() * (own[j] - x[j]);
        const toBest = social * draws.uniform() * (best[j] - x[j]);
        let v = inertia * velocities[i * size + j] + toOwn + toBest;
        if (maxVelocity !== null) v = Math.min(maxVelocity, Math.max(-maxVelocity, v));
        next[i * size + j] = v;
        x[j] += v;
      }
      population.write(i, x);
    }
  };
  return {
    rows: 2 * members,
    members,
    arrays: { places: [members, size], velocities: [members, size] },
    current: () => [0, members],
    begin(g) {
      const { population, arrays: { velocities }, weights, draws, step } = g;
      scatter(g, 0, members, initialSigma);
      population.write(0, weights);
      const x = new Float64Array(size);
      draws.expect(step, [members, 2 * members], 0, size);
      for (let i = 0; i < members; i++) {
        population.read(i, x);
        draws.at(step, members + i);
        for (let j = 0; j < size; j++) {
          const other = weights[j] + initialSigma * draws.normal();
          velocities[i * size + j] = (other - x[j]) / 2;
        }
      }
      return [[0, members]];
    },
    propose(g) {
      move(g);
      return [[0, g.isAnotherBatch ? 2 * members : members]];
    },
    select({ population, arrays: { places, velocities } }, isFirst) {
      const { scores } = population;
      if (!isFirst) velocities.set(next);
      const x = new Float64Array(size);
      for (let i = 0; i < members; i++) {
        population.read(i, x);
        places.set(x, i * size);
        if (isFirst || !(scores[members + i] <= scores[i])) population.copy(i, members + i);
      }
      return findBest(scores, members, 2 * members);
    },
  };
}

/** Its row of the table. */
export const particleSwarmRow: OptimizerRow = defineRow({ id: "particle_swarm", create: particleSwarm });
