import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import type { Draws } from "../evolution/draws.ts";
import type { Population } from "../evolution/population.ts";
import { orderMembers } from "../evolution/order_members.ts";
import type { Generation, PopulationRule, Rows } from "../evolution/population_rule.ts";
import { scatter } from "../evolution/scatter.ts";
import { defineRow } from "../tables/define_row.ts";
import { buildPopulationOptimizer, checkPopulationOptions } from "./build_population_optimizer.ts";
import { checkChoice } from "./check_choice.ts";
import type { OptimizerRow } from "./optimizer_row.ts";
import { MOST_MEMBERS, type PopulationOptimizer } from "./population_optimizer.ts";
import { type Rate, readRate } from "./read_rates.ts";

/** Options of `geneticAlgorithm`. */
export interface GeneticAlgorithmOptions {
  /** How many members there are, an integer from 2 to 65536; 64 by default. */
  populationSize?: number;
  /**
   * How parents are chosen. `"tournament"` (default): the best of `tournamentSize` members drawn at random. `"rank"`: with odds that fall
   * linearly from the best to the worst (Baker 1985). `"roulette"`: with odds that grow with how much better a member is than the worst.
   */
  selection?: "tournament" | "rank" | "roulette";
  /** How many members a tournament has, an integer >= 1; 3 by default. */
  tournamentSize?: number;
  /** With `"rank"`: how many children the best member has on average, from 1 to 2; 1.7 by default. */
  selectionPressure?: number;
  /**
   * How two parents make a child. `"uniform"` (default): each weight comes from either. `"one_point"`: those up to a random place from the
   * first, the others from the second. `"blend"`: each is drawn between theirs, and `blendAlpha` of their distance beyond (BLX-α).
   */
  crossover?: "uniform" | "one_point" | "blend";
  /** How far `"blend"` goes beyond the parents, >= 0; 0.5 by default. */
  blendAlpha?: number;
  /** The share of children that have two parents, from 0 to 1, or a schedule; 0.7 by default. */
  crossoverRate?: Rate;
  /** The odds of each weight of a child to change, from 0 to 1, or a schedule; 0.2 by default. */
  mutationRate?: Rate;
  /** The standard deviation of such a change, >= 0, or a schedule; 0.3 by default. */
  mutationSigma?: Rate;
  /** How many of the best members live on as they are, an integer from 0 to populationSize − 1; 2 by default. */
  elitism?: number;
  /** The standard deviation of the first members about the model's weights, > 0; 1 by default. */
  initialSigma?: number;
}

const OPTIONS: readonly (keyof GeneticAlgorithmOptions)[] = [
  "populationSize",
  "selection",
  "tournamentSize",
  "selectionPressure",
  "crossover",
  "blendAlpha",
  "crossoverRate",
  "mutationRate",
  "mutationSigma",
  "elitism",
  "initialSigma",
];

/**
 * A genetic algorithm over weights: parents are chosen by their scores, children are made of one or two of them, some of their weights
 * change by normal random numbers, and the best members live on. The model gets the weights of the best member; without elitism, of the best
 * of the generation.
 *
 * In the first step the members are drawn and evaluated. Where the batch is another one, those that live on are evaluated anew.
 *
 * Source: Holland 1975, Adaptation in natural and artificial systems; Goldberg and Deb 1991, A comparative analysis of selection schemes;
 * Eshelman and Schaffer 1993, Real-coded genetic algorithms and interval-schemata (blend crossover).
 *
 * @param options populationSize, selection, crossover, mutation, elitism and what belongs to them.
 * @returns The optimizer.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option has the wrong type, needs gradients, or does not exist.
 */
export function geneticAlgorithm(options: GeneticAlgorithmOptions = {}): PopulationOptimizer {
  const what = "create genetic_algorithm optimizer";
  checkPopulationOptions("genetic_algorithm", options, OPTIONS);
  const integer = (name: keyof GeneticAlgorithmOptions, value: number, min: number, max: number): number =>
    checkInteger(what, name, options[name] ?? value, { min, max });
  const share = { min: 0, max: 1 };
  const populationSize = integer("populationSize", 64, 2, MOST_MEMBERS);
  const own = {
    populationSize,
    selection: checkChoice(what, "selection", options.selection ?? "tournament", ["tournament", "rank", "roulette"]),
    tournamentSize: integer("tournamentSize", 3, 1, MOST_MEMBERS),
    selectionPressure: checkNumber(what, "selectionPressure", options.selectionPressure ?? 1.7, { min: 1, max: 2 }),
    crossover: checkChoice(what, "crossover", options.crossover ?? "uniform", ["uniform", "one_point", "blend"]),
    blendAlpha: checkNumber(what, "blendAlpha", options.blendAlpha ?? 0.5, { min: 0, max: 100 }),
    elitism: integer("elitism", Math.min(2, populationSize - 1), 0, populationSize - 1),
    initialSigma: checkNumber(what, "initialSigma", options.initialSigma ?? 1, { minExclusive: 0, max: 1e6 }),
  };
  const rates = {
    crossoverRate: readRate(what, "crossoverRate", options.crossoverRate ?? 0.7, share),
    mutationRate: readRate(what, "mutationRate", options.mutationRate ?? 0.2, share),
    mutationSigma: readRate(what, "mutationSigma", options.mutationSigma ?? 0.3, { min: 0, max: 1e6 }),
  };
  return buildPopulationOptimizer({ id: "genetic_algorithm", own, rates, ruleFor: (size) => ruleFor(size, own) });
}

/** The options that are no rates. */
type Settings = Required<Omit<GeneticAlgorithmOptions, "crossoverRate" | "mutationRate" | "mutationSigma">>;

/** Rows: the members, the best first, and then as many for children. */
function ruleFor(size: number, settings: Settings): PopulationRule {
  const { populationSize: members, elitism, initialSigma } = settings;
  const children = members - elitism;
  let odds = new Float64Array(0);
  let order = new Int32Array(0);
  const breed = (g: Generation): void => {
    const { population, draws, rates, step } = g;
    const { cells, places } = population;
    if (odds.length !== members) odds = new Float64Array(members);
    cumulate(odds, population.scores, settings);
    const pick = (): number => pickParent(draws, odds, settings);
    const mutations = Math.min(size, Math.ceil(1.5 * rates.mutationRate * size) + 4);
    const uniforms = size + (settings.crossover === "blend" ? size : Math.ceil(size / 24)) + 8;
    draws.expect(step, [members, members + children], uniforms, mutations);
    const { mutationRate, mutationSigma } = rates;
    for (let row = members; row < members + children; row++) {
      draws.at(step, row);
      const isMixed = draws.uniform() < rates.crossoverRate;
      const first = population.beginOf(pick());
      const second = isMixed ? population.beginOf(pick()) : -1;
      const child = population.beginOf(row);
      cross(draws, population, child, first, second, settings);
      let zero = 0;
      for (let i = 0; i < size; i++) {
        const at = child + places[i];
        if (draws.uniform() < mutationRate) cells[at] += mutationSigma * draws.normal();
        zero += 0 * cells[at];
      }
      population.note(row, zero === 0);
    }
  };
  return {
    rows: 2 * members,
    members: children,
    arrays: {},
    current: () => [0, members],
    begin(g) {
      scatter(g, members, 2 * members, initialSigma);
      g.population.write(members, g.weights);
      return [[members, 2 * members]];
    },
    propose(g) {
      breed(g);
      const all: Rows[] = [[members, members + children]];
      return g.isAnotherBatch ? [[0, elitism], ...all] : all;
    },
    select({ population }, isFirst) {
      // Those that live on join the children, and all take the places of the old members, in their order.
      if (!isFirst) { for (let i = 0; i < elitism; i++) population.copy(i, members + children + i); }
      if (order.length !== members) order = new Int32Array(members);
      orderMembers(population.scores, members, order);
      for (let i = 0; i < members; i++) population.copy(order[i], i);
      return 0;
    },
  };
}

/** The odds of every member to be a parent, added up. Members stand in the order of their scores. */
function cumulate(odds: Float64Array, scores: Float64Array, { selection, selectionPressure }: Settings): void {
  const members = odds.length;
  if (selection === "tournament") return;
  let worst = -Infinity;
  for (let i = 0; i < members; i++) if (scores[i] < Infinity) worst = Math.max(worst, scores[i]);
  let sum = 0;
  for (let i = 0; i < members; i++) {
    if (selection === "roulette") sum += scores[i] < Infinity ? worst - scores[i] : 0;
    else sum += selectionPressure - 2 * (selectionPressure - 1) * i / (members - 1);
    odds[i] = sum;
  }
}

function pickParent(draws: Draws, odds: Float64Array, { selection, tournamentSize }: Settings): number {
  const members = odds.length;
  if (selection === "tournament") {
    // Members stand in their order: the smallest number wins.
    let best = members;
    for (let i = 0; i < tournamentSize; i++) best = Math.min(best, draws.integer(members));
    return best;
  }
  const sum = odds[members - 1];
  if (!(sum > 0)) return draws.integer(members); // all are alike
  const at = sum * draws.uniform();
  let [low, high] = [0, members - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (odds[middle] > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Makes a child of two parents, or of one if the second is −1. */
function cross(
  draws: Draws,
  { cells, places }: Population,
  child: number,
  first: number,
  second: number,
  { crossover, blendAlpha }: Settings,
): void {
  const size = places.length;
  if (second < 0 || crossover === "one_point") {
    const cut = second < 0 ? size : draws.integer(size + 1);
    for (let i = 0; i < size; i++) cells[child + places[i]] = cells[(i < cut ? first : second) + places[i]];
  } else if (crossover === "uniform") {
    for (let i = 0, bits = 0; i < size; i++, bits >>>= 1) {
      if (i % 24 === 0) bits = Math.floor(draws.uniform() * 0x1000000); // one number says it for 24 weights
      cells[child + places[i]] = cells[((bits & 1) === 0 ? first : second) + places[i]];
    }
  } else {
    for (let i = 0; i < size; i++) {
      const a = cells[first + places[i]], b = cells[second + places[i]];
      cells[child + places[i]] = a + ((1 + 2 * blendAlpha) * draws.uniform() - blendAlpha) * (b - a);
    }
  }
}

/** Its row of the table. */
export const geneticAlgorithmRow: OptimizerRow = defineRow({ id: "genetic_algorithm", create: geneticAlgorithm });
