import { add, div, max, mul, sqrt, square, sub } from "../formula/build.ts";
import { type Expression, scalar, vector } from "../formula/expression.ts";
import { checkBoolean } from "../errors/check_boolean.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { buildOptimizer } from "./build_optimizer.ts";
import { COMMON_OPTIONS, type CommonOptions } from "./common_options.ts";
import type { Optimizer } from "./optimizer.ts";
import type { OptimizerRow } from "./optimizer_row.ts";
import { stepFormula } from "./step_formula.ts";

/** Options of `rmsprop`. */
export interface RmspropOptions extends CommonOptions {
  /** The share of the mean square that stays at every step, >= 0 and < 1; 0.9 by default. */
  rho?: number;
  /** The share of the last step that is taken again, from 0 to 1; 0 by default. */
  momentum?: number;
  /** Added to the mean square under the root, > 0; 1e-7 by default. */
  epsilon?: number;
  /** Whether the square of the mean gradient is subtracted from the mean square; false by default. */
  centered?: boolean;
}

const w = vector("w");
const g = vector("g");
const blend = (slot: Expression, value: Expression): Expression => add(slot, mul(sub(value, slot), scalar("take")));
const velocity = blend(vector("velocity"), square(g));
const mean = blend(vector("average_gradient"), g);
const stepOver = (variance: Expression): Expression =>
  div(mul(scalar("rate"), g), sqrt(add(variance, scalar("epsilon"))));
const plain = stepOver(velocity);
// The variance is never negative but for rounding, and the root of a negative number would be NaN.
const centered = stepOver(max(sub(velocity, square(mean)), 0));
const gather = (step: Expression): Expression => add(mul(scalar("mu"), vector("momentum")), step);
const names = { scalars: ["take", "epsilon"], cells: ["rate"] };
const namesMomentum = { scalars: ["take", "epsilon", "mu"], cells: ["rate"] };

/** v += (g² − v) · take, w −= rate · g / √(v + epsilon) */
const rmspropStep = stepFormula("rmsprop_step", { w: sub(w, plain), velocity }, names);
/** As without momentum, with m = mu · m + the step and w −= m. */
const rmspropMomentumStep = stepFormula("rmsprop_step_momentum", {
  w: sub(w, gather(plain)),
  velocity,
  momentum: gather(plain),
}, namesMomentum);
/** a += (g − a) · take; under the root v − a². */
const rmspropCenteredStep = stepFormula("rmsprop_step_centered", {
  w: sub(w, centered),
  velocity,
  average_gradient: mean,
}, names);
/** Centered, with momentum. */
const rmspropCenteredMomentumStep = stepFormula("rmsprop_step_centered_momentum", {
  w: sub(w, gather(centered)),
  velocity,
  momentum: gather(centered),
  average_gradient: mean,
}, namesMomentum);

/**
 * Steps divided by the root of the mean square of the gradient: v = rho · v + (1 − rho) · g²,
 * s = learningRate · g / √(v + epsilon), w −= s. Centered: a = rho · a + (1 − rho) · g and v − a² under the root.
 * With momentum: m = momentum · m + s and w −= m.
 *
 * Source: Tieleman and Hinton 2012, Neural networks for machine learning, lecture 6.5; centered: Graves 2013, arXiv:1308.0850.
 *
 * @param options Learning rate (0.001 by default), rho, momentum, epsilon, centered, and the common options.
 * @returns The optimizer.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option has the wrong type or does not exist, or options exclude each other.
 */
export function rmsprop(options: RmspropOptions = {}): Optimizer {
  const what = "create rmsprop optimizer";
  checkOptions(what, options, [...COMMON_OPTIONS, "rho", "momentum", "epsilon", "centered"]);
  const rho = checkNumber(what, "rho", options.rho ?? 0.9, { min: 0, maxExclusive: 1 });
  const momentum = checkNumber(what, "momentum", options.momentum ?? 0, { min: 0, max: 1 });
  const epsilon = checkNumber(what, "epsilon", options.epsilon ?? 1e-7, { minExclusive: 0 });
  const isCentered = checkBoolean(what, "centered", options.centered ?? false);
  const own = { rho, momentum, epsilon, centered: isCentered };
  const parts = { id: "rmsprop", options, learningRate: 0.001, own };
  if (momentum === 0) {
    const formula = isCentered ? rmspropCenteredStep : rmspropStep;
    return buildOptimizer({ ...parts, formula, scalars: [1 - rho, epsilon] });
  }
  const formula = isCentered ? rmspropCenteredMomentumStep : rmspropMomentumStep;
  return buildOptimizer({ ...parts, formula, scalars: [1 - rho, epsilon, momentum] });
}

/** Its row of the table. */
export const rmspropRow: OptimizerRow = defineRow({
  id: "rmsprop",
  steps: [rmspropStep, rmspropMomentumStep, rmspropCenteredStep, rmspropCenteredMomentumStep],
  create: rmsprop,
});
