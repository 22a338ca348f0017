import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { add, div, equal, exp, log, max, min, mul, neg, select, sqrt, square, sub } from "../formula/build.ts";
import { type Expression, scalar, vector } from "../formula/expression.ts";
import type { Formula } from "../formula/formula.ts";
import { defineRow } from "../tables/define_row.ts";
import { buildOptimizer } from "./build_optimizer.ts";
import { COMMON_OPTIONS, type CommonOptions } from "./common_options.ts";
import type { Optimizer } from "./optimizer.ts";
import type { OptimizerRow } from "./optimizer_row.ts";
import { stepFormula } from "./step_formula.ts";

/** Options of `ftrl`. */
export interface FtrlOptions extends CommonOptions {
  /** The power p by which the learning rate falls with the sum of squares, <= 0; -0.5 by default, 0 for a fixed rate. */
  learningRatePower?: number;
  /** What the sum of squares starts from, >= 0; 0.1 by default. */
  initialAccumulatorValue?: number;
  /** The strength of the L1 penalty, which makes weights exactly 0, >= 0; 0 by default. */
  l1RegularizationStrength?: number;
  /** The strength of the stabilising L2 penalty, >= 0; 0 by default. */
  l2RegularizationStrength?: number;
  /** The strength of an L2 penalty on the size of the weights, >= 0; 0 by default. */
  l2ShrinkageRegularizationStrength?: number;
  /** The paper's beta, >= 0; 0 by default. */
  beta?: number;
}

const [w, g, accumulator, linear] = ["w", "g", "accumulator", "linear"].map(vector);
const sum = add(accumulator, square(g));

/** The step with another function for n ^ −p. */
function stepWith(name: string, power: (n: Expression) => Expression, scalars: readonly string[]): Formula {
  const grown = mul(sub(power(sum), power(accumulator)), scalar("inverse_rate"));
  const z = sub(add(linear, add(g, mul(scalar("shrinkage"), w))), mul(grown, w));
  const quadratic = add(mul(power(sum), scalar("inverse_rate")), scalar("stabilizer"));
  const clipped = min(max(z, neg(scalar("l1"))), scalar("l1"));
  // Where nothing has been learnt from, there is nothing to divide by.
  const next = select(equal(quadratic, 0), 0, div(sub(clipped, z), quadratic));
  return stepFormula(name, { w: next, accumulator: sum, linear: z }, {
    scalars: ["l1", "shrinkage", ...scalars],
    cells: ["inverse_rate", "stabilizer"],
  });
}

/** n' = n + g², z += g + shrinkage · w − (√n' − √n) / rate · w, w = (clip(z, ± l1) − z) / (√n' / rate + stabilizer) */
const ftrlStep = stepWith("ftrl_step", sqrt, []);
/** The same with n ^ exponent for the root, exponent > 0. */
const ftrlPowerStep = stepWith("ftrl_step_power", (n) => exp(mul(scalar("exponent"), log(n))), ["exponent"]);
/** The same with 1 for the root. */
const ftrlFixedStep = stepWith("ftrl_step_fixed", () => ({ kind: "constant", value: 1 }), []);

/**
 * Follows the regularized leader, for shallow models with many sparse features: n' = n + g²,
 * z += g + 2 · l2Shrinkage · w − (n' ^ −p − n ^ −p) / learningRate · w, n = n', and
 * w = (clip(z, ± l1) − z) / ((n ^ −p + beta) / learningRate + 2 · l2), with p the learningRatePower. A weight with |z| <= l1 is exactly 0.
 *
 * The weight follows from z alone: as in Keras, the initial value of a weight is forgotten with its first step, and all weights are
 * proportional to the learning rate, which should stay as it is and must be above 0: n makes the steps smaller.
 *
 * Source: McMahan et al. 2013, Ad click prediction: a view from the trenches.
 *
 * @param options Learning rate (0.001 by default, > 0), learningRatePower, initialAccumulatorValue, the strengths of the penalties, beta, and
 *   the common options.
 * @returns The optimizer.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option has the wrong type or does not exist, or options exclude each other.
 */
export function ftrl(options: FtrlOptions = {}): Optimizer {
  const what = "create ftrl optimizer";
  const strengths = [
    "l1RegularizationStrength",
    "l2RegularizationStrength",
    "l2ShrinkageRegularizationStrength",
    "beta",
  ] as const;
  checkOptions(what, options, [...COMMON_OPTIONS, "learningRatePower", "initialAccumulatorValue", ...strengths]);
  const learningRatePower = checkNumber(what, "learningRatePower", options.learningRatePower ?? -0.5, { max: 0 });
  const initial = options.initialAccumulatorValue ?? 0.1;
  const initialAccumulatorValue = checkNumber(what, "initialAccumulatorValue", initial, { min: 0 });
  const [l1, l2, shrinkage, beta] = strengths.map((name) => checkNumber(what, name, options[name] ?? 0, { min: 0 }));
  if (options.learningRate === 0) checkNumber(what, "learningRate", options.learningRate, { minExclusive: 0 });
  const [formula, powers] = learningRatePower === -0.5
    ? [ftrlStep, []]
    : learningRatePower === 0
    ? [ftrlFixedStep, []]
    : [ftrlPowerStep, [-learningRatePower]];
  return buildOptimizer({
    id: "ftrl",
    options,
    learningRate: 0.001,
    own: {
      learningRatePower,
      initialAccumulatorValue,
      l1RegularizationStrength: l1,
      l2RegularizationStrength: l2,
      l2ShrinkageRegularizationStrength: shrinkage,
      beta,
    },
    formula,
    scalars: [l1, 2 * shrinkage, ...powers],
    initial: { accumulator: initialAccumulatorValue },
    cells: (_, rate) => [1 / rate, 2 * l2 + beta / rate],
  });
}

/** Its row of the table. */
export const ftrlRow: OptimizerRow = defineRow({
  id: "ftrl",
  steps: [ftrlStep, ftrlPowerStep, ftrlFixedStep],
  create: ftrl,
});
