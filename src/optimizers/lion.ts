import { add, mul, sign, sub } from "../formula/build.ts";
import { type Expression, scalar, vector } from "../formula/expression.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { buildOptimizer } from "./build_optimizer.ts";
import { COMMON_OPTIONS, type CommonOptions } from "./common_options.ts";
import type { Optimizer } from "./optimizer.ts";
import type { OptimizerRow } from "./optimizer_row.ts";
import { stepFormula } from "./step_formula.ts";

/** Options of `lion`. */
export interface LionOptions extends CommonOptions {
  /** The share of the momentum in the direction of the step, > 0 and <= 1; 0.9 by default. */
  beta1?: number;
  /** The share of the momentum that stays at every step, >= 0 and < 1; 0.99 by default. */
  beta2?: number;
}

const m = vector("momentum");
const blend = (take: string): Expression => add(m, mul(sub(vector("g"), m), scalar(take)));

/** w −= rate · sign(m + (g − m) · take1), m += (g − m) · take2 */
const lionStep = stepFormula("lion_step", {
  w: sub(vector("w"), mul(scalar("rate"), sign(blend("take1")))),
  momentum: blend("take2"),
}, { scalars: ["take1", "take2"], cells: ["rate"] });

/**
 * Steps of one size: w −= learningRate · sign(beta1 · m + (1 − beta1) · g), then m = beta2 · m + (1 − beta2) · g.
 *
 * Source: Chen et al. 2023, Symbolic discovery of optimization algorithms, arXiv:2302.06675.
 *
 * @param options Learning rate (0.001 by default), beta1, beta2, and the common options.
 * @returns The optimizer.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option has the wrong type or does not exist, or options exclude each other.
 */
export function lion(options: LionOptions = {}): Optimizer {
  const what = "create lion optimizer";
  checkOptions(what, options, [...COMMON_OPTIONS, "beta1", "beta2"]);
  const beta1 = checkNumber(what, "beta1", options.beta1 ?? 0.9, { minExclusive: 0, max: 1 });
  const beta2 = checkNumber(what, "beta2", options.beta2 ?? 0.99, { min: 0, maxExclusive: 1 });
  return buildOptimizer({
    id: "lion",
    options,
    learningRate: 0.001,
    own: { beta1, beta2 },
    formula: lionStep,
    scalars: [1 - beta1, 1 - beta2],
  });
}

/** Its row of the table. */
export const lionRow: OptimizerRow = defineRow({ id: "lion", steps: [lionStep], create: lion });
