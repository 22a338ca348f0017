import { add, mul, sub } from "../formula/build.ts";
import { scalar, vector } from "../formula/expression.ts";
import { checkBoolean } from "../errors/check_boolean.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { buildOptimizer } from "./build_optimizer.ts";
import { COMMON_OPTIONS, type CommonOptions } from "./common_options.ts";
import type { Optimizer } from "./optimizer.ts";
import type { OptimizerRow } from "./optimizer_row.ts";
import { stepFormula } from "./step_formula.ts";

/** Options of `sgd`. */
export interface SgdOptions extends CommonOptions {
  /** The share of the last step that is taken again, from 0 to 1; 0 by default. */
  momentum?: number;
  /** Whether the gradient counts as taken after the momentum's step; false by default. */
  nesterov?: boolean;
}

const w = vector("w");
const momentum = scalar("mu");
const descent = mul(scalar("rate"), vector("g"));
const velocity = sub(mul(momentum, vector("momentum")), descent);
const names = { scalars: ["mu"], cells: ["rate"] };

/** w −= rate · g */
const sgdStep = stepFormula("sgd_step", { w: sub(w, descent) }, { cells: ["rate"] });
/** m = mu · m − rate · g, w += m */
const sgdMomentumStep = stepFormula("sgd_step_momentum", { w: add(w, velocity), momentum: velocity }, names);
/** m = mu · m − rate · g, w += mu · m − rate · g */
const sgdNesterovStep = stepFormula("sgd_step_nesterov", {
  w: add(w, sub(mul(momentum, velocity), descent)),
  momentum: velocity,
}, names);

/**
 * Gradient descent: w −= learningRate · g. With momentum: m = momentum · m − learningRate · g and w += m, or with nesterov
 * w += momentum · m − learningRate · g.
 *
 * Source: Sutskever et al. 2013, On the importance of initialization and momentum in deep learning.
 *
 * @param options Learning rate (0.01 by default), momentum, nesterov, and the common options.
 * @returns The optimizer.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option has the wrong type or does not exist, or options exclude each other.
 */
export function sgd(options: SgdOptions = {}): Optimizer {
  const what = "create sgd optimizer";
  checkOptions(what, options, [...COMMON_OPTIONS, "momentum", "nesterov"]);
  const mu = checkNumber(what, "momentum", options.momentum ?? 0, { min: 0, max: 1 });
  const nesterov = checkBoolean(what, "nesterov", options.nesterov ?? false);
  const parts = { id: "sgd", options, learningRate: 0.01, own: { momentum: mu, nesterov } };
  if (mu === 0) return buildOptimizer({ ...parts, formula: sgdStep });
  return buildOptimizer({ ...parts, formula: nesterov ? sgdNesterovStep : sgdMomentumStep, scalars: [mu] });
}

/** Its row of the table. */
export const sgdRow: OptimizerRow = defineRow({
  id: "sgd",
  steps: [sgdStep, sgdMomentumStep, sgdNesterovStep],
  create: sgd,
});
