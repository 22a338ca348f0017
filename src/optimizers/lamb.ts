import { checkOptions } from "../errors/check_options.ts";
import { add, div, greater, min, mul, select, sqrt } from "../formula/build.ts";
import { scalar, vector } from "../formula/expression.ts";
import { type FormulaRow, formulaRow } from "../formula/formula_row.ts";
import { defineRow } from "../tables/define_row.ts";
import { integerPower } from "../tensor/integer_power.ts";
import { buildTracedOptimizer } from "./build_traced_optimizer.ts";
import { checkBetas } from "./check_betas.ts";
import { COMMON_OPTIONS, type CommonOptions } from "./common_options.ts";
import { mapElements } from "./map_elements.ts";
import type { Optimizer } from "./optimizer.ts";
import type { OptimizerRow } from "./optimizer_row.ts";

/** Options of `lamb`. */
export interface LambOptions extends CommonOptions {
  /** The share of the mean gradient that stays at every step, >= 0 and < 1; 0.9 by default. */
  beta1?: number;
  /** The share of the mean square that stays at every step, >= 0 and < 1; 0.999 by default. */
  beta2?: number;
  /** Added to the root of the mean square, > 0; 1e-7 by default. */
  epsilon?: number;
}

const CELLS = ["rate", "correction1", "correction2"];
const [w, u] = [vector("w"), vector("u")];
const mean = mul(vector("m"), scalar("correction1"));
const root = sqrt(mul(vector("v"), scalar("correction2")));

/** What the step is made of. */
const lambRows: readonly FormulaRow[] = [
  // m · correction1 / (√(v · correction2) + epsilon)
  formulaRow("lamb_direction", div(mean, add(root, scalar("epsilon"))), { vectors: ["m", "v"], cells: CELLS, by: [] }),
  // Of the norms of w and u: rate · ‖w‖ / ‖u‖, or the rate where one of them is 0.
  formulaRow("lamb_rate", mul(scalar("rate"), select(greater(min(w, u), 0), div(w, u), 1)), {
    vectors: ["w", "u"],
    cells: CELLS,
    by: [],
  }),
];

/**
 * LAMB, for large batches: Adam's step, of a length that is a share of the variable's own norm: m = beta1 · m + (1 − beta1) · g,
 * v = beta2 · v + (1 − beta2) · g², u = m / (1 − beta1ᵗ) / (√(v / (1 − beta2ᵗ)) + epsilon), w −= learningRate · ‖w‖ / ‖u‖ · u, with t the
 * number of the step from 1 and the norms of one variable, a kernel or a bias. Where a norm is 0, the ratio is 1.
 *
 * As in Keras, `weightDecay` acts on the weights before the step; the paper adds it to u.
 *
 * Source: You et al. 2020, Large batch optimization for deep learning, arXiv:1904.00962.
 *
 * @param options Learning rate (0.001 by default), beta1, beta2, epsilon, and the common options.
 * @returns The optimizer.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option has the wrong type or does not exist, or options exclude each other.
 */
export function lamb(options: LambOptions = {}): Optimizer {
  const what = "create lamb optimizer";
  checkOptions(what, options, [...COMMON_OPTIONS, "beta1", "beta2", "epsilon"]);
  const own = checkBetas(what, options);
  const { beta1, beta2, epsilon } = own;
  return buildTracedOptimizer({
    id: "lamb",
    options,
    learningRate: 0.001,
    own,
    cellCount: CELLS.length,
    cells: (iteration, rate) => [
      rate,
      1 / (1 - integerPower(beta1, iteration + 1)),
      1 / (1 - integerPower(beta2, iteration + 1)),
    ],
    slotsOf: () => [{ name: "momentum", initial: 0 }, { name: "velocity", initial: 0 }],
    step(g, { w, dw, slots, cells }) {
      const momentum = mapElements(g, "blend", [slots.momentum, dw], { take: 1 - beta1 });
      const velocity = mapElements(g, "blend_square", [slots.velocity, dw], { take: 1 - beta2 });
      const u = mapElements(g, "lamb_direction", [momentum, velocity, cells], { epsilon });
      const norms = [w, u].map((x) => g.apply("norm_all", [x]));
      const rate = mapElements(g, "lamb_rate", [...norms, cells]);
      return { w: mapElements(g, "descend", [w, u, rate]), slots: { momentum, velocity } };
    },
  });
}

/** Its row of the table. */
export const lambRow: OptimizerRow = defineRow({ id: "lamb", formulas: lambRows, create: lamb });
