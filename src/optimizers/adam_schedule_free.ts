import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { add, div, mul, sqrt, square, sub } from "../formula/build.ts";
import { type Expression, scalar, vector } from "../formula/expression.ts";
import type { Formula } from "../formula/formula.ts";
import { integerPower } from "../tensor/integer_power.ts";
import { defineRow } from "../tables/define_row.ts";
import { buildOptimizer } from "./build_optimizer.ts";
import { COMMON_OPTIONS, type CommonOptions } from "./common_options.ts";
import type { Optimizer } from "./optimizer.ts";
import type { OptimizerRow } from "./optimizer_row.ts";
import { stepFormula } from "./step_formula.ts";

/** Options of `adamScheduleFree`. */
export interface AdamScheduleFreeOptions extends CommonOptions {
  /** Where between z and the average gradients are taken, > 0 and < 1; 0.9 by default. */
  beta1?: number;
  /** The share of the mean square that stays at every step, >= 0 and < 1; 0.999 by default. */
  beta2?: number;
  /** Added to the root of the mean square, > 0; 1e-8 by default. */
  epsilon?: number;
  /** Over how many steps the learning rate grows in a straight line, an integer >= 0; 0 by default. */
  warmupSteps?: number;
}

const [w, g, point] = ["w", "g", "point"].map(vector);
const velocity = add(vector("velocity"), mul(sub(square(g), vector("velocity")), scalar("take2")));
const root = add(sqrt(mul(velocity, scalar("correction"))), scalar("epsilon"));
const moved = sub(vector("momentum"), div(mul(scalar("rate"), g), root));

/** The step to the new z. */
function stepTo(name: string, z: Expression, cells: readonly string[]): Formula {
  const average = add(w, mul(sub(z, w), scalar("weight")));
  return stepFormula(name, {
    w: average,
    point: add(z, mul(sub(average, z), scalar("beta1"))),
    momentum: z,
    velocity,
  }, { scalars: ["take2", "epsilon", "beta1"], cells: ["rate", "correction", "weight", ...cells] });
}

/** v += (g² − v) · take2, z −= rate · g / (√(v · correction) + epsilon), w += (z − w) · weight, point = z + (w − z) · beta1 */
const adamScheduleFreeStep = stepTo("adam_schedule_free_step", moved, []);
/** The same with z −= point · decay as well. */
const adamScheduleFreeDecayStep = stepTo(
  "adam_schedule_free_step_decay",
  sub(moved, mul(point, scalar("decay"))),
  ["decay"],
);

/**
 * Adam without a schedule: an average of the steps takes the place of a falling learning rate. With v = beta2 · v + (1 − beta2) · g²,
 * z −= learningRate · g / (√(v / (1 − beta2ᵗ)) + epsilon), x += (z − x) / t and y = (1 − beta1) · z + beta1 · x, t being the number of the
 * step from 1. Gradients are taken at y.
 *
 * The weights of the model are x, the average, at any time: `predict`, `evaluate`, validation and files have it, and nothing has to be
 * switched. z and y are kept beside them. So the loss of a training step, and `model.gradients`, are those at y. Weights that are set before
 * the first step are where it begins; later they change x alone.
 *
 * The paper's weight decay, at y, is used: z −= learningRate · weightDecay · y. Keras, where this is `ScheduleFreeAdamW`, makes y smaller.
 *
 * Source: Defazio et al. 2024, The road less scheduled, arXiv:2405.15682, with Keras's equal weights.
 *
 * @param options Learning rate (0.0025 by default), beta1, beta2, epsilon, warmupSteps, and the common options.
 * @returns The optimizer.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option has the wrong type or does not exist, or options exclude each other.
 */
export function adamScheduleFree(options: AdamScheduleFreeOptions = {}): Optimizer {
  const what = "create adam_schedule_free optimizer";
  checkOptions(what, options, [...COMMON_OPTIONS, "beta1", "beta2", "epsilon", "warmupSteps"]);
  const beta1 = checkNumber(what, "beta1", options.beta1 ?? 0.9, { minExclusive: 0, maxExclusive: 1 });
  const beta2 = checkNumber(what, "beta2", options.beta2 ?? 0.999, { min: 0, maxExclusive: 1 });
  const epsilon = checkNumber(what, "epsilon", options.epsilon ?? 1e-8, { minExclusive: 0 });
  const warmupSteps = checkInteger(what, "warmupSteps", options.warmupSteps ?? 0, { min: 0 });
  const decay = options.weightDecay ?? null;
  return buildOptimizer({
    id: "adam_schedule_free",
    options,
    learningRate: 0.0025,
    own: { beta1, beta2, epsilon, warmupSteps },
    formula: decay === null ? adamScheduleFreeStep : adamScheduleFreeDecayStep,
    decays: true,
    scalars: [1 - beta2, epsilon, beta1],
    initial: { point: "weights", momentum: "weights" },
    point: "point",
    cells(iteration, rate) {
      const step = iteration + 1;
      const now = warmupSteps === 0 ? rate : rate * Math.min(1, step / warmupSteps);
      return [now, 1 / (1 - integerPower(beta2, step)), 1 / step, ...(decay === null ? [] : [decay * now])];
    },
  });
}

/** Its row of the table. */
export const adamScheduleFreeRow: OptimizerRow = defineRow({
  id: "adam_schedule_free",
  decayedSteps: [adamScheduleFreeStep, adamScheduleFreeDecayStep],
  create: adamScheduleFree,
});
