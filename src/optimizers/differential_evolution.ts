import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { describeValue } from "../errors/describe_value.ts";
import { differentialRule } from "../evolution/differential_rule.ts";
import { jadeRule } from "../evolution/jade_rule.ts";
import { defineRow } from "../tables/define_row.ts";
import { buildPopulationOptimizer, checkPopulationOptions } from "./build_population_optimizer.ts";
import { checkChoice } from "./check_choice.ts";
import type { OptimizerRow } from "./optimizer_row.ts";
import { MOST_MEMBERS, type PopulationOptimizer } from "./population_optimizer.ts";
import { type Rate, readRate } from "./read_rates.ts";

/** Options of `differentialEvolution`. */
export interface DifferentialEvolutionOptions {
  /** How many members there are, an integer from 4 to 65536; 64 by default. */
  populationSize?: number;
  /**
   * How a trial member is made of member i, with F for `mutation` and members r1, r2, r3 drawn at random: `"best1bin"` (default)
   * best + F (r1 − r2); `"rand1bin"` r1 + F (r2 − r3); `"currenttobest1bin"` i + F (best − i) + F (r1 − r2). `"jade"` adapts F and the
   * recombination by what succeeds, and makes i + F (p − i) + F (r1 − r2), p one of the best members, r2 also one that has been replaced.
   */
  strategy?: "best1bin" | "rand1bin" | "currenttobest1bin" | "jade";
  /** F, from 0 to 2, or a schedule; or two numbers, between which each generation draws it. Default [0.5, 1]. Not with `"jade"`. */
  mutation?: Rate | readonly [least: number, most: number];
  /** The odds of each weight to come from the mutation rather than from member i, from 0 to 1, or a schedule; 0.7 by default. Not with `"jade"`. */
  recombination?: Rate;
  /** With `"jade"`: the share of best members that p is drawn from, > 0 and <= 1; 0.05 by default. */
  bestShare?: number;
  /** With `"jade"`: how fast F and the recombination adapt, from 0 to 1; 0.1 by default. */
  adaptationRate?: number;
  /** The standard deviation of the first members about the model's weights, > 0; 1 by default. */
  initialSigma?: number;
}

const PLAIN = ["mutation", "recombination"] as const;
const ADAPTIVE = ["bestShare", "adaptationRate"] as const;

/**
 * Differential evolution: from every member a trial member is made of differences of others, and takes its place if it scores no worse. The
 * model gets the weights of the best member.
 *
 * In the first step the members are drawn and evaluated. Where the batch is another one, all members are evaluated anew beside the trials,
 * which takes twice as many evaluations.
 *
 * Source: Storn and Price 1997, Differential evolution, with the strategies and defaults of SciPy's `differential_evolution` (updating
 * "deferred"); JADE: Zhang and Sanderson 2009, JADE: adaptive differential evolution with optional external archive.
 *
 * @param options populationSize, strategy and what belongs to it.
 * @returns The optimizer.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option has the wrong type, needs gradients, goes with another strategy, or does not exist.
 */
export function differentialEvolution(options: DifferentialEvolutionOptions = {}): PopulationOptimizer {
  const what = "create differential_evolution optimizer";
  const known = ["populationSize", "strategy", ...PLAIN, ...ADAPTIVE, "initialSigma"];
  checkPopulationOptions("differential_evolution", options, known);
  const strategies = ["best1bin", "rand1bin", "currenttobest1bin", "jade"] as const;
  const strategy = checkChoice(what, "strategy", options.strategy ?? "best1bin", strategies);
  for (const name of strategy === "jade" ? PLAIN : ADAPTIVE) {
    if (options[name] === undefined) continue;
    const rule = strategy === "jade"
      ? 'does not go with strategy "jade", which adapts it'
      : 'goes with strategy "jade" only';
    throw new TypeError(`Cannot ${what}: ${name} ${rule}, got ${describeValue(options[name])}`);
  }
  const populationSize = checkInteger(what, "populationSize", options.populationSize ?? 64, {
    min: 4,
    max: MOST_MEMBERS,
  });
  const initialSigma = checkNumber(what, "initialSigma", options.initialSigma ?? 1, { minExclusive: 0, max: 1e6 });
  const own = { populationSize, strategy, initialSigma };
  const id = "differential_evolution";
  if (strategy === "jade") {
    const { bestShare: share = 0.05, adaptationRate: rate = 0.1 } = options;
    const bestShare = checkNumber(what, "bestShare", share, { minExclusive: 0, max: 1 });
    const adaptationRate = checkNumber(what, "adaptationRate", rate, { min: 0, max: 1 });
    const settings = { ...own, bestShare, adaptationRate };
    return buildPopulationOptimizer({ id, own: settings, ruleFor: (size) => jadeRule({ size, ...settings }) });
  }
  const recombination = readRate(what, "recombination", options.recombination ?? 0.7, { min: 0, max: 1 });
  const mutation = options.mutation ?? [0.5, 1];
  const range = Array.isArray(mutation) ? readRange(what, mutation) : null;
  return buildPopulationOptimizer({
    id,
    own: { ...own, ...(range === null ? {} : { mutation: range }) },
    rates: {
      ...(range === null ? { mutation: readRate(what, "mutation", mutation as Rate, { min: 0, max: 2 }) } : {}),
      recombination,
    },
    ruleFor: (size) => differentialRule({ size, populationSize, strategy, initialSigma, range }),
  });
}

function readRange(what: string, given: readonly unknown[]): readonly [number, number] {
  if (given.length !== 2) {
    throw new TypeError(
      `Cannot ${what}: mutation must be a number, or two numbers [least, most], got ${describeValue(given)}`,
    );
  }
  const least = checkNumber(what, "mutation[0]", given[0], { min: 0, max: 2 });
  return [least, checkNumber(what, "mutation[1]", given[1], { min: least, max: 2 })];
}

/** Its row of the table. */
export const differentialEvolutionRow: OptimizerRow = defineRow({
  id: "differential_evolution",
  create: differentialEvolution,
});
