import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { cmaRule } from "../evolution/cma_rule.ts";
import { fullCovariance } from "../evolution/full_covariance.ts";
import { defineRow } from "../tables/define_row.ts";
import { logarithm } from "../tensor/logarithm.ts";
import { buildPopulationOptimizer, checkPopulationOptions } from "./build_population_optimizer.ts";
import { checkChoice } from "./check_choice.ts";
import type { OptimizerRow } from "./optimizer_row.ts";
import { MOST_MEMBERS, type PopulationOptimizer } from "./population_optimizer.ts";

/** Options of `cmaEs` and `separableCmaEs`. */
export interface CmaEsOptions {
  /** How many members a generation has, an integer from 2 to 65536. Default null: 4 + ⌊3 ln n⌋ for n weights. */
  populationSize?: number | null;
  /** The standard deviation of the first members about the model's weights, > 0; 0.5 by default. */
  initialSigma?: number;
  /** Whether the worse half of a generation makes the search avoid its directions; true by default. */
  active?: boolean;
  /**
   * Which weights the model gets after each generation: those of the `"best"` member so far (default), or the `"mean"` of the distribution,
   * which is the steadier choice where batches differ.
   */
  recommend?: "best" | "mean";
  /**
   * How often the search may begin anew, each time with twice as many members, once it has come to its end: an integer from 0 to 9; 0 by
   * default. It has come there when the best scores of the last 10 + 30 n / populationSize generations differ by less than 1e-12, when steps
   * are 1e-12 or 1e4 times the first ones, or when the condition of the covariance is above 1e14.
   */
  restarts?: number;
}

/** The most weights that the full covariance may have: it takes 16 n² bytes in the model's memory, 256 MB for these. */
const MOST_WEIGHTS = 4000;

/** The names of the options. */
export const CMA_OPTIONS: readonly (keyof CmaEsOptions)[] = [
  "populationSize",
  "initialSigma",
  "active",
  "recommend",
  "restarts",
];

/**
 * CMA-ES, the evolution strategy with covariance matrix adaptation: members are drawn from a normal distribution, whose mean moves to the
 * better half, whose covariance learns from the steps that were taken (rank-one and rank-μ updates, the worse half counting against its
 * directions), and whose step size follows the length of the path of the mean. It needs no gradient, and the objective no derivative.
 *
 * A training step is one generation on one batch. The eigendecomposition is made when enough has changed, in float64. For n weights it keeps
 * 16 n² bytes, and takes n³ operations now and then: for up to some hundred weights; more than 4,000 are refused. Constraints move members
 * before they are evaluated, and it goes on with the moved ones.
 *
 * Source: Hansen 2016, The CMA evolution strategy: a tutorial, arXiv:1604.00772, with its defaults (table 1); restarts: Auger and Hansen
 * 2005, A restart CMA evolution strategy with increasing population size.
 *
 * @param options populationSize, initialSigma, active, recommend, restarts.
 * @returns The optimizer.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option has the wrong type, needs gradients, or does not exist.
 */
export function cmaEs(options: CmaEsOptions = {}): PopulationOptimizer {
  const own = readCmaOptions("cma_es", options);
  return buildPopulationOptimizer({
    id: "cma_es",
    own: { ...own },
    ruleFor(size) {
      if (size > MOST_WEIGHTS) {
        throw new RangeError(
          `Cannot train with cma_es: the model must have at most ${MOST_WEIGHTS} weights that are trained, got ${size}, whose ` +
            `covariance takes ${(16 * size * size / 2 ** 30).toFixed(1)} GiB; use optimizers.separableCmaEs()`,
        );
      }
      return cmaRule({ ...own, ...membersFor(own, size), size, speed: 1 }, fullCovariance(size));
    },
  });
}

/** Checks the options of CMA-ES, and fills in the defaults. */
export function readCmaOptions(id: string, options: CmaEsOptions): Required<CmaEsOptions> {
  checkPopulationOptions(id, options, CMA_OPTIONS);
  const what = `create ${id} optimizer`;
  const populationSize = options.populationSize ?? null;
  const restarts = checkInteger(what, "restarts", options.restarts ?? 0, { min: 0, max: 9 });
  const recommend = checkChoice(what, "recommend", options.recommend ?? "best", ["best", "mean"]);
  if (restarts > 0 && recommend === "mean") {
    throw new TypeError(
      `Cannot ${what}: restarts does not go with recommend "mean", which a restart throws away, got ${restarts}`,
    );
  }
  return {
    populationSize: populationSize === null
      ? null
      : checkInteger(what, "populationSize", populationSize, { min: 2, max: MOST_MEMBERS }),
    initialSigma: checkNumber(what, "initialSigma", options.initialSigma ?? 0.5, { minExclusive: 0, max: 1e6 }),
    active: checkBoolean(what, "active", options.active ?? true),
    recommend,
    restarts,
  };
}

/** What follows from the number of weights. */
export function membersFor(
  { populationSize, recommend }: Required<CmaEsOptions>,
  size: number,
): { readonly populationSize: number; readonly recommendsBest: boolean } {
  const members = populationSize ?? 4 + Math.floor(3 * logarithm(Math.max(size, 1)));
  return { populationSize: members, recommendsBest: recommend === "best" };
}

/** Its row of the table. */
export const cmaEsRow: OptimizerRow = defineRow({ id: "cma_es", create: cmaEs });
