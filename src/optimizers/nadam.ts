import { add, div, mul, sqrt, square, sub } from "../formula/build.ts";
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

/** Options of `nadam`. */
export interface NadamOptions extends CommonOptions {
  /** The share of the mean gradient that stays at every step, >= 0 and < 1; 0.9 by default. */
  beta1?: number;
  /** The share of the mean square that stays at every step, >= 0 and < 1; 0.999 by default. */
  beta2?: number;
  /** Added to the root of the mean square, > 0; 1e-7 by default. */
  epsilon?: number;
}

const g = vector("g");
const momentum = add(vector("momentum"), mul(sub(g, vector("momentum")), scalar("take1")));
const velocity = add(vector("velocity"), mul(sub(square(g), vector("velocity")), scalar("take2")));
const ahead = add(mul(scalar("alpha"), momentum), mul(scalar("gamma"), g));

/** m += (g − m) · take1, v += (g² − v) · take2, w −= (alpha · m + gamma · g) / (√(v · correction) + epsilon) */
const nadamStep = stepFormula("nadam_step", {
  w: sub(vector("w"), div(ahead, add(sqrt(mul(velocity, scalar("correction"))), scalar("epsilon")))),
  momentum,
  velocity,
}, { scalars: ["take1", "take2", "epsilon"], cells: ["alpha", "gamma", "correction"] });

/** The growth of beta1 at step t: u(t) = beta1 · (1 − ½ · 0.96ᵗ). */
const DECAY = 0.96;

/**
 * u(1) · u(2) ⋯ u(step), from the step alone. Once it is too small to change 1 − product it need not be exact: the loop ends after
 * some hundred steps whatever the number of the step.
 */
function multiplyMomenta(beta1: number, step: number): number {
  let product = 1;
  let decay = 1;
  for (let t = 1; t <= step && product > 1e-20; t++) {
    decay *= DECAY;
    product *= beta1 * (1 - 0.5 * decay);
  }
  return product;
}

/**
 * Adam with Nesterov's momentum: m = beta1 · m + (1 − beta1) · g, v = beta2 · v + (1 − beta2) · g²,
 * u(t) = beta1 · (1 − ½ · 0.96ᵗ), U(t) = u(1) · u(2) ⋯ u(t),
 * m̂ = u(t+1) · m / (1 − U(t+1)) + (1 − u(t)) · g / (1 − U(t)), w −= learningRate · m̂ / (√(v / (1 − beta2ᵗ)) + epsilon).
 *
 * Source: Dozat 2015, Incorporating Nesterov momentum into Adam.
 *
 * @param options Learning rate (0.001 by default), beta1, beta2, epsilon, and the common options.
 * @returns The optimizer.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option has the wrong type or does not exist, or options exclude each other.
 */
export function nadam(options: NadamOptions = {}): Optimizer {
  const what = "create nadam optimizer";
  checkOptions(what, options, [...COMMON_OPTIONS, "beta1", "beta2", "epsilon"]);
  const own = checkBetas(what, options);
  const { beta1, beta2, epsilon } = own;
  return buildOptimizer({
    id: "nadam",
    options,
    learningRate: 0.001,
    own,
    formula: nadamStep,
    scalars: [1 - beta1, 1 - beta2, epsilon],
    cells(iteration, rate) {
      const step = iteration + 1;
      const decay = integerPower(DECAY, step);
      const now = beta1 * (1 - 0.5 * decay);
      const next = beta1 * (1 - 0.5 * decay * DECAY);
      const product = multiplyMomenta(beta1, step);
      const alpha = rate * next / (1 - product * next);
      return [alpha, rate * (1 - now) / (1 - product), 1 / (1 - integerPower(beta2, step))];
    },
  });
}

/** Its row of the table. */
export const nadamRow: OptimizerRow = defineRow({ id: "nadam", steps: [nadamStep], create: nadam });
