import { checkBoolean } from "../../errors/check_boolean.ts";
import { checkInteger } from "../../errors/check_integer.ts";
import { checkOptions } from "../../errors/check_options.ts";
import { defineRow } from "../../tables/define_row.ts";
import { RandomStream } from "../../tensor/random_stream.ts";
import { buildParams } from "../space/build_params.ts";
import { drawParams } from "../space/draw_params.ts";
import { isAllowed } from "../space/is_allowed.ts";
import { keyOfParams } from "../space/key_of_params.ts";
import type { Params, ParamValue } from "../space/params.ts";
import type { Sampler, SamplerContext } from "./sampler.ts";
import type { SamplerRow } from "./sampler_row.ts";
import { SEARCH_STREAMS } from "./search_streams.ts";
import type { Parameter } from "../space/space.ts";
import { listInRandomOrder } from "./list_in_random_order.ts";
import { ParzenEstimator } from "./parzen_estimator.ts";
import { rankTrials } from "./rank_trials.ts";
import { remember } from "./remember.ts";

/** Options of `tpe`. */
export interface TpeOptions {
  /** How many trials are drawn at random before it learns; 10 by default. */
  startupTrials?: number;
  /** How many candidates are drawn for each trial, of which the most promising is tried, up to 10,000; 24 by default. */
  candidates?: number;
  /** Whether parameters are modelled together, so that it sees how they interact, or each for itself; true by default. */
  multivariate?: boolean;
}

/** More candidates take seconds for each trial, in which nothing else is heard. */
const MOST_CANDIDATES = 10_000;

/** How often a candidate is drawn again when it is forbidden or was tried before. */
const MOST_REDRAWS = 100;

/** The densities of good and of bad trials over some parameters. */
interface Model {
  readonly good: ParzenEstimator;
  readonly bad: ParzenEstimator;
}

/**
 * The tree-structured Parzen estimator: takes the best min(⌈n/10⌉, 25) of n trials as good and the others, with those still
 * running, as bad, estimates the densities l(x) of the good and g(x) of the bad, draws candidates from l, and tries the one with
 * the largest l(x) / g(x), which is the one with the largest expected improvement.
 *
 * Conditional parameters, forbidden combinations, logarithmic, integer and categorical dimensions are taken into account.
 * Nothing is tried twice where the space has at most 65,536 points.
 *
 * Sources: Bergstra et al. 2011, Algorithms for hyper-parameter optimization; Watanabe 2023, Tree-structured Parzen estimator;
 * defaults as in Optuna 4.
 *
 * @param options `startupTrials`, `candidates`, `multivariate`.
 * @returns The sampler.
 * @throws {TypeError} If an option has the wrong type or does not exist.
 * @throws {RangeError} If an option is out of range.
 */
export function tpe(options: TpeOptions = {}): Sampler {
  const what = "create tpe sampler";
  checkOptions(what, options, ["startupTrials", "candidates", "multivariate"]);
  const startupTrials = checkInteger(what, "startupTrials", options.startupTrials ?? 10, { min: 1 });
  const candidates = checkInteger(what, "candidates", options.candidates ?? 24, { min: 1, max: MOST_CANDIDATES });
  const multivariate = checkBoolean(what, "multivariate", options.multivariate ?? true);
  const order = remember(listInRandomOrder);
  const draw = multivariate ? drawTogether : drawEach;
  return {
    id: "tpe",
    config: { startupTrials, candidates, multivariate },
    isAdaptive: true,
    count: (space) => order(space, 0)?.length ?? null,
    propose(context) {
      const { space, seed, index, finished, pending = [] } = context;
      const points = order(space, seed);
      const tried = new Set(points === null ? [] : [...finished, ...pending].map(({ params }) => keyOfParams(params)));
      const isNew = (params: Params): boolean => tried.size === 0 || !tried.has(keyOfParams(params));
      const random = new RandomStream(seed, SEARCH_STREAMS.params, index);
      if (finished.length >= startupTrials) {
        const accept = (params: Params): boolean => isAllowed(space, params) && isNew(params);
        const params = draw(context, candidates, random, accept);
        if (params !== null) return params;
      }
      return points === null ? drawParams(space, random) : points.find(isNew) ?? null;
    },
  };
}

/** The params of the good and the bad trials, the oldest first. */
function split({ finished, pending = [], direction }: SamplerContext): { good: Params[]; bad: Params[] } {
  const ranked = rankTrials(finished, direction);
  const count = Math.min(Math.ceil(0.1 * ranked.length), 25);
  const sort = (trials: { index: number; params: Params }[]): Params[] => {
    return trials.sort((a, b) => a.index - b.index).map(({ params }) => params);
  };
  return { good: sort(ranked.slice(0, count)), bad: sort([...ranked.slice(count), ...pending]) };
}

/** Draws whole candidates from the joint density of all parameters. */
function drawTogether(
  context: SamplerContext,
  candidates: number,
  random: RandomStream,
  accept: (params: Params) => boolean,
): Params | null {
  const { parameters } = context.space;
  const { good, bad } = split(context);
  const model: Model = { good: new ParzenEstimator(parameters, good), bad: new ParzenEstimator(parameters, bad) };
  const positions = new Float64Array(parameters.length);
  let best: Params | null = null;
  let bestRatio = -Infinity;
  for (let drawn = 0, attempt = 0; drawn < candidates && attempt < MOST_REDRAWS + drawn; attempt++) {
    positions.fill(NaN);
    const component = model.good.drawComponent(random);
    const params = buildParams(context.space, ({ axis }, j) => {
      positions[j] = model.good.axes[j].draw(component, random);
      return axis.valueAt(positions[j]);
    });
    if (!accept(params)) continue;
    drawn++;
    const ratio = model.good.logDensity(positions) - model.bad.logDensity(positions);
    if (best !== null && ratio <= bestRatio) continue;
    best = params;
    bestRatio = ratio;
  }
  return best;
}

/** Draws candidates for each parameter from its own density, from the trials in which it existed. */
function drawEach(
  context: SamplerContext,
  candidates: number,
  random: RandomStream,
  accept: (params: Params) => boolean,
): Params | null {
  const { good, bad } = split(context);
  const models = new Map<string, Model>();
  const position = new Float64Array(1);
  const pick = (parameter: Parameter): ParamValue => {
    const { name, axis } = parameter;
    const has = (params: Params): boolean => Object.hasOwn(params, name);
    const model = models.get(name) ?? {
      good: new ParzenEstimator([parameter], good.filter(has)),
      bad: new ParzenEstimator([parameter], bad.filter(has)),
    };
    models.set(name, model);
    let best = NaN;
    let bestRatio = -Infinity;
    for (let i = 0; i < candidates; i++) {
      position[0] = model.good.axes[0].draw(model.good.drawComponent(random), random);
      const ratio = model.good.logDensity(position) - model.bad.logDensity(position);
      if (i > 0 && ratio <= bestRatio) continue;
      best = position[0];
      bestRatio = ratio;
    }
    return axis.valueAt(best);
  };
  for (let attempt = 0; attempt < MOST_REDRAWS; attempt++) {
    const params = buildParams(context.space, pick);
    if (accept(params)) return params;
  }
  return null;
}

/** Its row of the table. */
export const tpeRow: SamplerRow = defineRow({ id: "tpe", create: tpe });
