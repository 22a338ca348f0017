import { add, div, mul, sqrt, square, sub } from "../formula/build.ts";
import { type Expression, scalar, vector } from "../formula/expression.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { buildOptimizer } from "./build_optimizer.ts";
import { COMMON_OPTIONS, type CommonOptions } from "./common_options.ts";
import type { Optimizer } from "./optimizer.ts";
import type { OptimizerRow } from "./optimizer_row.ts";
import { stepFormula } from "./step_formula.ts";

/** Options of `adadelta`. */
export interface AdadeltaOptions extends CommonOptions {
  /** The share of the mean squares that stays at every step, >= 0 and < 1; 0.95 by default. */
  rho?: number;
  /** Added to the mean squares under the root, > 0; 1e-7 by default. */
  epsilon?: number;
}

const g = vector("g");
const epsilon = scalar("epsilon");
const deltas = vector("accumulated_delta_var");
const blend = (slot: Expression, value: Expression): Expression => add(slot, mul(sub(value, slot), scalar("take")));
const gradients = blend(vector("accumulated_grad"), square(g));
const delta = mul(sqrt(div(add(deltas, epsilon), add(gradients, epsilon))), g);

/** a += (g² − a) · take, d = g · √((b + epsilon) / (a + epsilon)), b += (d² − b) · take, w −= rate · d */
const adadeltaStep = stepFormula("adadelta_step", {
  w: sub(vector("w"), mul(scalar("rate"), delta)),
  accumulated_grad: gradients,
  accumulated_delta_var: blend(deltas, square(delta)),
}, { scalars: ["take", "epsilon"], cells: ["rate"] });

/**
 * Steps in the unit of the weights: a = rho · a + (1 − rho) · g², d = g · √(b + epsilon) / √(a + epsilon),
 * b = rho · b + (1 − rho) · d², w −= learningRate · d. The paper's learning rate is 1.
 *
 * Source: Zeiler 2012, arXiv:1212.5701.
 *
 * @param options Learning rate (0.001 by default), rho, epsilon, and the common options.
 * @returns The optimizer.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option has the wrong type or does not exist, or options exclude each other.
 */
export function adadelta(options: AdadeltaOptions = {}): Optimizer {
  const what = "create adadelta optimizer";
  checkOptions(what, options, [...COMMON_OPTIONS, "rho", "epsilon"]);
  const rho = checkNumber(what, "rho", options.rho ?? 0.95, { min: 0, maxExclusive: 1 });
  const smallest = checkNumber(what, "epsilon", options.epsilon ?? 1e-7, { minExclusive: 0 });
  return buildOptimizer({
    id: "adadelta",
    options,
    learningRate: 0.001,
    own: { rho, epsilon: smallest },
    formula: adadeltaStep,
    scalars: [1 - rho, smallest],
  });
}

/** Its row of the table. */
export const adadeltaRow: OptimizerRow = defineRow({ id: "adadelta", steps: [adadeltaStep], create: adadelta });
