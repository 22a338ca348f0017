import { checkInteger } from "../../errors/check_integer.ts";
import { checkNumber } from "../../errors/check_number.ts";
import { checkOptions } from "../../errors/check_options.ts";
import { cmaRule } from "../../evolution/cma_rule.ts";
import { Draws } from "../../evolution/draws.ts";
import { fullCovariance } from "../../evolution/full_covariance.ts";
import type { Generation } from "../../evolution/population_rule.ts";
import { defineRow } from "../../tables/define_row.ts";
import { logarithm } from "../../tensor/logarithm.ts";
import { RandomStream } from "../../tensor/random_stream.ts";
import { sizeOf } from "../../tensor/size_of.ts";
import { buildParams } from "../space/build_params.ts";
import { drawParams } from "../space/draw_params.ts";
import { drawUnit } from "../space/draw_unit.ts";
import { isAllowed } from "../space/is_allowed.ts";
import { keyOfParams } from "../space/key_of_params.ts";
import type { Params } from "../space/params.ts";
import type { Parameter, ResolvedSpace } from "../space/space.ts";
import { listInRandomOrder } from "./list_in_random_order.ts";
import { rankTrials } from "./rank_trials.ts";
import { remember } from "./remember.ts";
import type { Sampler, SamplerContext } from "./sampler.ts";
import type { SamplerRow } from "./sampler_row.ts";
import { SEARCH_STREAMS } from "./search_streams.ts";

/** Options of the sampler `cmaEs`. */
export interface CmaEsSamplerOptions {
  /** How many trials a generation has, an integer from 2 to 1000. Default null: 4 + ⌊3 ln n⌋ for n parameters with an order. */
  populationSize?: number | null;
  /** The standard deviation of the first trials, as a share of a parameter's range, > 0 and <= 1; 1/6 by default. */
  initialSigma?: number;
}

/** How often params are drawn again that are forbidden or were tried before. */
const MOST_REDRAWS = 100;

/**
 * CMA-ES over the parameters that have an order: it begins in the middle of the space, and trials at their end are its generations, in the
 * order of their numbers, wherever they were drawn. So it needs not wait for those that are still running. Choices among things without
 * order are drawn at random, and so is what a generation says of a parameter that did not exist in a trial: nothing.
 *
 * Pruned trials count as worse than others. Nothing is tried twice where the space has at most 65,536 points.
 *
 * Source: Hansen 2016, The CMA evolution strategy: a tutorial, arXiv:1604.00772, as `optimizers.cmaEs`; middle and sigma as in Optuna.
 *
 * @param options `populationSize`, `initialSigma`.
 * @returns The sampler.
 * @throws {TypeError} If an option has the wrong type or does not exist.
 * @throws {RangeError} If an option is out of range.
 */
export function cmaEs(options: CmaEsSamplerOptions = {}): Sampler {
  const what = "create cma_es sampler";
  checkOptions(what, options, ["populationSize", "initialSigma"]);
  const given = options.populationSize ?? null;
  const populationSize = given === null ? null : checkInteger(what, "populationSize", given, { min: 2, max: 1000 });
  const initialSigma = checkNumber(what, "initialSigma", options.initialSigma ?? 1 / 6, { minExclusive: 0, max: 1 });
  const order = remember(listInRandomOrder);
  return {
    id: "cma_es",
    config: { populationSize, initialSigma },
    isAdaptive: true,
    count(space) {
      if (listOrdered(space).length === 0) {
        throw new RangeError(
          "Cannot search with cma_es: the space must have at least one parameter with an order, such as uniform(0, 1), got none; " +
            "use samplers.tpe()",
        );
      }
      return order(space, 0)?.length ?? null;
    },
    propose(context) {
      const { space, seed, index, finished, pending = [] } = context;
      const points = order(space, seed);
      const tried = new Set(points === null ? [] : [...finished, ...pending].map(({ params }) => keyOfParams(params)));
      const isNew = (params: Params): boolean => tried.size === 0 || !tried.has(keyOfParams(params));
      const random = new RandomStream(seed, SEARCH_STREAMS.params, index);
      const draw = distributionOf(context, populationSize, initialSigma);
      for (let attempt = 0; attempt < MOST_REDRAWS; attempt++) {
        const place = draw(attempt);
        const params = buildParams(space, (parameter) => {
          const { axis } = parameter;
          const unit = place.get(parameter) ?? drawUnit(random);
          return axis.valueAt(axis.low + unit * (axis.high - axis.low));
        });
        if (isAllowed(space, params) && isNew(params)) return params;
      }
      return points === null ? drawParams(space, random) : points.find(isNew) ?? null;
    },
  };
}

/** The parameters whose values have an order. */
function listOrdered({ parameters }: ResolvedSpace): readonly Parameter[] {
  return parameters.filter(({ axis }) => axis.kind !== "categorical" && axis.count > 1);
}

/** What the trials that are over have taught: a function from the number of the attempt to places from 0 to 1. */
function distributionOf(
  { space, seed, index, finished, direction }: SamplerContext,
  populationSize: number | null,
  initialSigma: number,
): (attempt: number) => ReadonlyMap<Parameter, number> {
  const ordered = listOrdered(space);
  const size = ordered.length;
  const members = populationSize ?? 4 + Math.floor(3 * logarithm(size));
  const settings = {
    size,
    populationSize: members,
    initialSigma,
    active: true,
    recommendsBest: true,
    restarts: 0,
    speed: 1,
  };
  const rule = cmaRule(settings, fullCovariance(size));
  const cells = new Float64Array(rule.rows * size);
  const rows = Array.from({ length: rule.rows }, (_, row) => cells.subarray(row * size, (row + 1) * size));
  const scores = new Float64Array(rule.rows).fill(NaN);
  const generation: { -readonly [Key in keyof Generation]: Generation[Key] } = {
    population: {
      size,
      scores,
      cells,
      places: Int32Array.from({ length: size }, (_, i) => i),
      beginOf: (row) => row * size,
      note() {},
      isConstrained: true, // trials lie where their params are, not where they were drawn
      read: (row, into) => into.set(rows[row]),
      write: (row, values) => rows[row].set(values),
      copy(from, to) {
        rows[to].set(rows[from]);
        scores[to] = scores[from];
      },
    },
    arrays: Object.fromEntries(
      Object.entries(rule.arrays).map(([name, shape]) => [name, new Float64Array(sizeOf(shape))]),
    ),
    rates: {},
    weights: new Float64Array(size).fill(0.5),
    step: 0,
    isAnotherBatch: false,
    draws: new Draws(seed),
    drawPairs() {
      throw new Error("CMA-ES draws no pairs");
    },
    sumRows() {
      throw new Error("CMA-ES estimates no gradient");
    },
  };
  const { mean } = generation.arrays;
  rule.begin(generation);
  const trials = [...finished].sort((a, b) => a.index - b.index);
  for (let from = 0; from + members <= trials.length; from += members) {
    const own = trials.slice(from, from + members);
    if (from > 0) rule.propose(generation);
    const ranks = new Map(rankTrials(own, direction).map((trial, rank) => [trial.index, rank]));
    own.forEach(({ index, params }, row) => {
      ordered.forEach(({ name, axis }, i) => {
        const place = Object.hasOwn(params, name) ? axis.positionOf(params[name]) : NaN;
        rows[row][i] = Number.isNaN(place) ? mean[i] : (place - axis.low) / (axis.high - axis.low);
      });
      scores[row] = ranks.get(index)!;
    });
    rule.select(generation, from === 0);
    generation.step++;
  }
  return (attempt) => {
    // A step of its own for every trial: those of a generation need not be drawn from the same distribution.
    generation.step = (index + 0x100000 * attempt) >>> 0;
    if (trials.length < members) rule.begin(generation);
    else rule.propose(generation);
    return new Map(ordered.map((parameter, i) => [parameter, Math.min(1, Math.max(0, rows[0][i]))]));
  };
}

/** Its row of the table. */
export const cmaEsRow: SamplerRow = defineRow({ id: "cma_es", create: cmaEs });
