import { add, div, max, mul, sqrt, square, sub } from "../formula/build.ts";
import { type Expression, scalar, vector } from "../formula/expression.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { buildAdam } from "./build_adam.ts";
import { COMMON_OPTIONS, type CommonOptions } from "./common_options.ts";
import type { Optimizer } from "./optimizer.ts";
import type { OptimizerRow } from "./optimizer_row.ts";
import { stepFormula } from "./step_formula.ts";

/** Options of `adam` and `adamw`. */
export interface AdamOptions extends CommonOptions {
  /** The share of the mean gradient that stays at every step, >= 0 and < 1; 0.9 by default. */
  beta1?: number;
  /** The share of the mean square that stays at every step, >= 0 and < 1; 0.999 by default. */
  beta2?: number;
  /** Added to the root of the mean square, > 0; 1e-7 by default. It is the "epsilon hat" of the paper. */
  epsilon?: number;
  /** Whether steps are divided by the largest mean square so far; false by default. */
  amsgrad?: boolean;
}

const g = vector("g");
const blend = (slot: Expression, value: Expression, take: string): Expression =>
  add(slot, mul(sub(value, slot), scalar(take)));
const momentum = blend(vector("momentum"), g, "take1");
const velocity = blend(vector("velocity"), square(g), "take2");
const largest = max(vector("velocity_hat"), velocity);
const stepOver = (v: Expression): Expression =>
  sub(vector("w"), div(mul(momentum, scalar("alpha")), add(sqrt(v), scalar("epsilon"))));
const names = { scalars: ["take1", "take2", "epsilon"], cells: ["alpha"] };

/** m += (g − m) · take1, v += (g² − v) · take2, w −= alpha · m / (√v + epsilon) */
export const adamStep = stepFormula("adam_step", { w: stepOver(velocity), momentum, velocity }, names);
/** The same with the largest v so far. */
export const adamAmsgradStep = stepFormula("adam_step_amsgrad", {
  w: stepOver(largest),
  momentum,
  velocity,
  velocity_hat: largest,
}, names);

/** The options of Adam's own. */
export const ADAM_OPTIONS: readonly string[] = [...COMMON_OPTIONS, "beta1", "beta2", "epsilon", "amsgrad"];

/**
 * Adam: m = beta1 · m + (1 − beta1) · g, v = beta2 · v + (1 − beta2) · g²,
 * w −= learningRate · √(1 − beta2ᵗ) / (1 − beta1ᵗ) · m / (√v + epsilon), with t the number of the step from 1. With amsgrad the
 * largest v so far takes the place of v.
 *
 * PyTorch adds its epsilon after the bias correction of v; the two agree if its epsilon is epsilon / √(1 − beta2ᵗ).
 *
 * Source: Kingma and Ba 2015, arXiv:1412.6980, the form before section 2.1; Reddi et al. 2018, On the convergence of Adam and beyond.
 *
 * @param options Learning rate (0.001 by default), beta1, beta2, epsilon, amsgrad, and the common options.
 * @returns The optimizer.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option has the wrong type or does not exist, or options exclude each other.
 */
export function adam(options: AdamOptions = {}): Optimizer {
  checkOptions("create adam optimizer", options, ADAM_OPTIONS);
  return buildAdam("adam", options, { plain: adamStep, amsgrad: adamAmsgradStep });
}

/** Its row of the table. */
export const adamRow: OptimizerRow = defineRow({ id: "adam", steps: [adamStep, adamAmsgradStep], create: adam });
