import { add, div, mul, sqrt, square, sub } from "../formula/build.ts";
import { scalar, vector } from "../formula/expression.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { buildOptimizer } from "./build_optimizer.ts";
import { COMMON_OPTIONS, type CommonOptions } from "./common_options.ts";
import type { Optimizer } from "./optimizer.ts";
import type { OptimizerRow } from "./optimizer_row.ts";
import { stepFormula } from "./step_formula.ts";

/** Options of `adagrad`. */
export interface AdagradOptions extends CommonOptions {
  /** What the sum of squares starts from, >= 0; 0.1 by default. */
  initialAccumulatorValue?: number;
  /** Added to the sum of squares under the root, > 0; 1e-7 by default. */
  epsilon?: number;
}

const g = vector("g");
const accumulator = add(vector("accumulator"), square(g));

/** a += g², w −= rate · g / √(a + epsilon) */
const adagradStep = stepFormula("adagrad_step", {
  w: sub(vector("w"), div(mul(scalar("rate"), g), sqrt(add(accumulator, scalar("epsilon"))))),
  accumulator,
}, { scalars: ["epsilon"], cells: ["rate"] });

/**
 * Steps divided by the root of the sum of all squares so far: a += g², w −= learningRate · g / √(a + epsilon).
 *
 * Source: Duchi et al. 2011, Adaptive subgradient methods for online learning and stochastic optimization.
 *
 * @param options Learning rate (0.001 by default), initialAccumulatorValue, epsilon, and the common options.
 * @returns The optimizer.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option has the wrong type or does not exist, or options exclude each other.
 */
export function adagrad(options: AdagradOptions = {}): Optimizer {
  const what = "create adagrad optimizer";
  checkOptions(what, options, [...COMMON_OPTIONS, "initialAccumulatorValue", "epsilon"]);
  const initial = options.initialAccumulatorValue ?? 0.1;
  const initialAccumulatorValue = checkNumber(what, "initialAccumulatorValue", initial, { min: 0 });
  const epsilon = checkNumber(what, "epsilon", options.epsilon ?? 1e-7, { minExclusive: 0 });
  return buildOptimizer({
    id: "adagrad",
    options,
    learningRate: 0.001,
    own: { initialAccumulatorValue, epsilon },
    formula: adagradStep,
    scalars: [epsilon],
    initial: { accumulator: initialAccumulatorValue },
  });
}

/** Its row of the table. */
export const adagradRow: OptimizerRow = defineRow({ id: "adagrad", steps: [adagradStep], create: adagrad });
