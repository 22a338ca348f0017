import type { Draws } from "./draws.ts";
import { findBest } from "./find_best.ts";
import { orderMembers } from "./order_members.ts";
import type { Generation, PopulationRule } from "./population_rule.ts";
import { replaceWorse } from "./replace_worse.ts";
import { scatter } from "./scatter.ts";

/** What JADE is told. */
export interface JadeOptions {
  /** The number of weights. */
  readonly size: number;
  readonly populationSize: number;
  readonly initialSigma: number;
  readonly bestShare: number;
  readonly adaptationRate: number;
}

/** What is in the array `numbers`: the location of F, that of the recombination, and how many members the archive has. */
const SCALE = 0;
const CROSSING = 1;
const ARCHIVED = 2;

/** JADE with archive; `differentialEvolution` says what it does. Rows: members, as many for trials, and an archive of as many. */
export function jadeRule(
  { size, populationSize, initialSigma, bestShare, adaptationRate }: JadeOptions,
): PopulationRule {
  const members = populationSize;
  const archive = 2 * members;
  const leaders = Math.max(1, Math.round(bestShare * members));
  let vectors: readonly Float64Array[] = [];
  let scales = new Float64Array(0);
  let crossings = new Float64Array(0);
  let order = new Int32Array(0);
  const archivedOf = (numbers: Float64Array): number =>
    Math.min(members, Math.max(0, Math.floor(numbers[ARCHIVED]) || 0));
  const vary = ({ population, arrays: { numbers }, draws, step }: Generation): void => {
    if (vectors.length === 0) {
      vectors = Array.from({ length: 4 }, () => new Float64Array(size));
      [scales, crossings, order] = [new Float64Array(members), new Float64Array(members), new Int32Array(members)];
    }
    const [trial, leader, first, second] = vectors;
    const archived = archivedOf(numbers);
    orderMembers(population.scores, 0, order);
    draws.expect(step, [members, 2 * members], size + 8, 8);
    for (let i = 0; i < members; i++) {
      draws.at(step, members + i);
      const crossing = Math.min(1, Math.max(0, numbers[CROSSING] + 0.1 * draws.normal()));
      const scale = drawScale(draws, numbers[SCALE]);
      [crossings[i], scales[i]] = [crossing, scale];
      population.read(i, trial);
      population.read(order[draws.integer(leaders)], leader);
      let r1 = i;
      while (r1 === i) r1 = draws.integer(members);
      let r2 = i;
      while (r2 === i || r2 === r1) r2 = draws.integer(members + archived);
      population.read(r1, first);
      population.read(r2 < members ? r2 : archive + r2 - members, second);
      const always = draws.integer(size);
      for (let j = 0; j < size; j++) {
        const crosses = draws.uniform() < crossing;
        if (!crosses && j !== always) continue;
        trial[j] += scale * (leader[j] - trial[j]) + scale * (first[j] - second[j]);
      }
      population.write(members + i, trial);
    }
  };
  return {
    rows: 3 * members,
    members,
    arrays: { numbers: [3] },
    current: () => [0, members],
    begin(g) {
      g.arrays.numbers.set([0.5, 0.5, 0]);
      scatter(g, 0, members, initialSigma);
      g.population.write(0, g.weights);
      return [[0, members]];
    },
    propose(g) {
      vary(g);
      return [[g.isAnotherBatch ? 0 : members, 2 * members]];
    },
    select({ population, arrays: { numbers }, draws, step }, isFirst) {
      if (isFirst) return findBest(population.scores, 0, members);
      let [count, sum, squares, crossed] = [0, 0, 0, 0];
      let archived = archivedOf(numbers);
      draws.at(step, archive);
      replaceWorse(population, members, (i) => {
        if (!(population.scores[members + i] < population.scores[i])) return; // no worse, but no better either
        count++;
        sum += scales[i];
        squares += scales[i] * scales[i];
        crossed += crossings[i];
        // A full archive loses a member drawn at random.
        population.copy(i, archive + (archived < members ? archived++ : draws.integer(members)));
      });
      numbers[ARCHIVED] = archived;
      if (count > 0) {
        numbers[CROSSING] += adaptationRate * (crossed / count - numbers[CROSSING]);
        numbers[SCALE] += adaptationRate * (squares / sum - numbers[SCALE]); // Lehmer's mean
      }
      return findBest(population.scores, 0, members);
    },
  };
}

/** F: Cauchy about its location, up to 1; what is not above 0 is drawn again, within reason. */
function drawScale(draws: Draws, location: number): number {
  for (let i = 0; i < 100; i++) {
    const scale = location + 0.1 * draws.cauchy();
    if (scale > 0) return Math.min(1, scale);
  }
  return 0.01;
}
