import { abs, add, div, max, mul, sub } from "../formula/build.ts";
import { scalar, vector } from "../formula/expression.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { buildOptimizer } from "./build_optimizer.ts";
import { checkBetas } from "./check_betas.ts";
import { COMMON_OPTIONS, type CommonOptions } from "./common_options.ts";
import { integerPower } from "../tensor/integer_power.ts";
import type { Optimizer } from "./optimizer.ts";
import type { OptimizerRow } from "./optimizer_row.ts";
import { stepFormula } from "./step_formula.ts";

/** Options of `adamax`. */
export interface AdamaxOptions extends CommonOptions {
  /** The share of the mean gradient that stays at every step, >= 0 and < 1; 0.9 by default. */
  beta1?: number;
  /** The share of the largest gradient that stays at every step, >= 0 and < 1; 0.999 by default. */
  beta2?: number;
  /** Added to the largest gradient, > 0; 1e-7 by default. */
  epsilon?: number;
}

const g = vector("g");
const momentum = add(vector("momentum"), mul(sub(g, vector("momentum")), scalar("take1")));
const norm = max(mul(scalar("keep2"), vector("norm")), abs(g));

/** m += (g − m) · take1, u = max(keep2 · u, |g|), w −= alpha · m / (u + epsilon) */
const adamaxStep = stepFormula("adamax_step", {
  w: sub(vector("w"), div(mul(momentum, scalar("alpha")), add(norm, scalar("epsilon")))),
  momentum,
  norm,
}, { scalars: ["take1", "keep2", "epsilon"], cells: ["alpha"] });

/**
 * Adam with the largest gradient in place of the mean square: m = beta1 · m + (1 − beta1) · g, u = max(beta2 · u, |g|),
 * w −= learningRate / (1 − beta1ᵗ) · m / (u + epsilon), with t the number of the step from 1.
 *
 * Source: Kingma and Ba 2015, arXiv:1412.6980, section 7.1.
 *
 * @param options Learning rate (0.001 by default), beta1, beta2, epsilon, and the common options.
 * @returns The optimizer.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option has the wrong type or does not exist, or options exclude each other.
 */
export function adamax(options: AdamaxOptions = {}): Optimizer {
  const what = "create adamax optimizer";
  checkOptions(what, options, [...COMMON_OPTIONS, "beta1", "beta2", "epsilon"]);
  const own = checkBetas(what, options);
  return buildOptimizer({
    id: "adamax",
    options,
    learningRate: 0.001,
    own,
    formula: adamaxStep,
    scalars: [1 - own.beta1, own.beta2, own.epsilon],
    cells: (iteration, rate) => [rate / (1 - integerPower(own.beta1, iteration + 1))],
  });
}

/** Its row of the table. */
export const adamaxRow: OptimizerRow = defineRow({ id: "adamax", steps: [adamaxStep], create: adamax });
