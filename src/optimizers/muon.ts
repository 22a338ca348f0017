import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { describeValue } from "../errors/describe_value.ts";
import { add, div, mul, sqrt, sub } from "../formula/build.ts";
import { scalar, vector } from "../formula/expression.ts";
import { type FormulaRow, formulaRow } from "../formula/formula_row.ts";
import { defineRow } from "../tables/define_row.ts";
import { integerPower } from "../tensor/integer_power.ts";
import type { Builder, Symbolic } from "../tensor/symbolic.ts";
import { buildTracedOptimizer } from "./build_traced_optimizer.ts";
import { COMMON_OPTIONS, type CommonOptions } from "./common_options.ts";
import { mapElements } from "./map_elements.ts";
import type { Optimizer, StepResult, Trained } from "./optimizer.ts";
import type { OptimizerRow } from "./optimizer_row.ts";

/** Options of `muon`. */
export interface MuonOptions extends CommonOptions {
  /** Of Adam's step, the share of the mean gradient that stays at every step, >= 0 and < 1; 0.9 by default. */
  adamBeta1?: number;
  /** Of Adam's step, the share of the mean square that stays at every step, >= 0 and < 1; 0.999 by default. */
  adamBeta2?: number;
  /** The weight decay of what Adam's step is for, >= 0; 0.004 by default, null for none. */
  adamWeightDecay?: number | null;
  /** Of Adam's step, added to the root of the mean square, > 0; 1e-7 by default. */
  epsilon?: number;
  /** The weight decay of what Muon's step is for, >= 0; 0.004 by default, null for none. */
  weightDecay?: number | null;
  /**
   * Parts of the names of weights that Adam's step is for, such as `"dense_2/"`: the output layer should be among them. None by default. Keras
   * reads them as regular expressions.
   */
  excludeLayers?: readonly string[];
  /** Whether Adam's step is for weights with "embedding" in their name; true by default. */
  excludeEmbeddings?: boolean;
  /** The coefficient of X in the iteration; 3.4445 by default. */
  muonA?: number;
  /** The coefficient of XXᵀX in the iteration; -4.775 by default. */
  muonB?: number;
  /** The coefficient of (XXᵀ)²X in the iteration; 2.0315 by default. */
  muonC?: number;
  /** The learning rate of Adam's step is this times the learningRate, >= 0; 1 by default. */
  adamLrRatio?: number;
  /** The share of the sum of gradients that stays at every step, from 0 to 1; 0.95 by default. */
  momentum?: number;
  /** How often the iteration is done, an integer >= 1; 5 by default. */
  nsSteps?: number;
  /** Whether the gradient counts as taken after the momentum's step; true by default. */
  nesterov?: boolean;
  /** The root mean square of a step, > 0, in units of the learning rate; 0.2 by default. Null: the matrix as it is. */
  rmsRate?: number | null;
}

const CELLS = ["rate", "alpha"];
const [a, b, w] = ["a", "b", "w"].map(vector);

/** What the step is made of. */
const muonRows: readonly FormulaRow[] = [
  // a · keep + b
  formulaRow("muon_sum", add(mul(a, scalar("keep")), b), { by: [] }),
  formulaRow("muon_scale", div(1, add(a, 1e-7)), { by: [] }),
  // a · first + b · second
  formulaRow("muon_combine", add(mul(a, scalar("first")), mul(b, scalar("second"))), { by: [] }),
  formulaRow("muon_descend", sub(w, mul(vector("x"), mul(scalar("rate"), scalar("scale")))), {
    vectors: ["w", "x"],
    cells: CELLS,
    by: [],
  }),
  formulaRow(
    "adam_descend",
    sub(w, div(mul(vector("m"), scalar("alpha")), add(sqrt(vector("v")), scalar("epsilon")))),
    {
      vectors: ["w", "m", "v"],
      cells: CELLS,
      by: [],
    },
  ),
];

/** Letters that make a regular expression. */
const PATTERN = /[\^$*+?()[\]{}|\\]/;

/**
 * Muon: the step of a kernel [n, m] is an orthogonal matrix: M = momentum · M + g, G = g + momentum · M (or M without nesterov),
 * X = G / (‖G‖ + 1e-7), then `nsSteps` times X = muonA · X + muonB · (XXᵀ)X + muonC · (XXᵀ)²X (the iteration of Newton and Schulz, which
 * brings all singular values near 1), and w −= learningRate · rmsRate · √max(n, m) · X.
 *
 * What has not two axes, embeddings and what `excludeLayers` names are for Adam, as in `adam`, with the rate adamLrRatio · learningRate.
 * Weight decay acts before the step, as everywhere: w −= w · weightDecay · learningRate, or adamWeightDecay for Adam's weights.
 *
 * Source: Jordan et al. 2024, Muon: an optimizer for hidden layers in neural networks; Liu et al. 2025, Muon is scalable for LLM training,
 * arXiv:2502.16982.
 *
 * @param options Learning rate (0.001 by default), those above, and the common options.
 * @returns The optimizer.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option has the wrong type or does not exist, or options exclude each other.
 */
export function muon(options: MuonOptions = {}): Optimizer {
  const what = "create muon optimizer";
  const names =
    "adamBeta1 adamBeta2 adamWeightDecay epsilon excludeLayers excludeEmbeddings muonA muonB muonC adamLrRatio " +
    "momentum nsSteps nesterov rmsRate";
  checkOptions(what, options, [...COMMON_OPTIONS, ...names.split(" ")]);
  const decay = (name: "weightDecay" | "adamWeightDecay"): number | null => {
    const value = options[name] === undefined ? 0.004 : options[name];
    return value === null ? null : checkNumber(what, name, value, { min: 0 });
  };
  const adamBeta1 = checkNumber(what, "adamBeta1", options.adamBeta1 ?? 0.9, { min: 0, maxExclusive: 1 });
  const adamBeta2 = checkNumber(what, "adamBeta2", options.adamBeta2 ?? 0.999, { min: 0, maxExclusive: 1 });
  const epsilon = checkNumber(what, "epsilon", options.epsilon ?? 1e-7, { minExclusive: 0 });
  const [weightDecay, adamWeightDecay] = [decay("weightDecay"), decay("adamWeightDecay")];
  const excludeLayers = checkExcluded(what, options.excludeLayers ?? []);
  const excludeEmbeddings = checkBoolean(what, "excludeEmbeddings", options.excludeEmbeddings ?? true);
  const muonA = checkNumber(what, "muonA", options.muonA ?? 3.4445);
  const muonB = checkNumber(what, "muonB", options.muonB ?? -4.775);
  const muonC = checkNumber(what, "muonC", options.muonC ?? 2.0315);
  const adamLrRatio = checkNumber(what, "adamLrRatio", options.adamLrRatio ?? 1, { min: 0 });
  const momentum = checkNumber(what, "momentum", options.momentum ?? 0.95, { min: 0, max: 1 });
  const nsSteps = checkInteger(what, "nsSteps", options.nsSteps ?? 5, { min: 1 });
  const nesterov = checkBoolean(what, "nesterov", options.nesterov ?? true);
  const rmsRate = options.rmsRate === null
    ? null
    : checkNumber(what, "rmsRate", options.rmsRate ?? 0.2, { minExclusive: 0 });

  const usesAdam = ({ name, shape }: Trained): boolean =>
    shape.length !== 2 || (excludeEmbeddings && name.toLowerCase().includes("embedding")) ||
    excludeLayers.some((part) => name.includes(part));

  /** Brings the singular values of a matrix near 1. The smaller of XXᵀ and XᵀX is used. */
  function orthogonalize(g: Builder, matrix: Symbolic): Symbolic {
    const [rows, columns] = matrix.shape;
    const isTall = rows > columns;
    let x = g.apply("scale_by", [matrix, mapElements(g, "muon_scale", [g.apply("norm_all", [matrix])])], {
      axis: "parameter",
    });
    for (let i = 0; i < nsSteps; i++) {
      const square = g.apply("matmul", [x, x], isTall ? { transposeA: true } : { transposeB: true });
      const fourth = g.apply("matmul", [square, square]);
      const factor = mapElements(g, "muon_combine", [square, fourth], { first: muonB, second: muonC });
      const product = g.apply("matmul", isTall ? [x, factor] : [factor, x]);
      x = mapElements(g, "muon_sum", [x, product], { keep: muonA });
    }
    return x;
  }

  return buildTracedOptimizer({
    id: "muon",
    options: { ...options, weightDecay },
    learningRate: 0.001,
    own: {
      adamBeta1,
      adamBeta2,
      adamWeightDecay,
      epsilon,
      excludeLayers,
      excludeEmbeddings,
      muonA,
      muonB,
      muonC,
      adamLrRatio,
      momentum,
      nsSteps,
      nesterov,
      rmsRate,
    },
    cellCount: CELLS.length,
    cells(iteration, rate) {
      const [power1, power2] = [adamBeta1, adamBeta2].map((beta) => integerPower(beta, iteration + 1));
      return [rate, rate * adamLrRatio * Math.sqrt(1 - power2) / (1 - power1)];
    },
    slotsOf: (variable) => [
      { name: "momentum", initial: 0 },
      ...(usesAdam(variable) ? [{ name: "velocity", initial: 0 }] : []),
    ],
    decayOf: (variable) => usesAdam(variable) ? adamWeightDecay : weightDecay,
    step(g, { name, shape, w, dw, slots, cells }): StepResult {
      if (usesAdam({ name, shape })) {
        const m = mapElements(g, "blend", [slots.momentum, dw], { take: 1 - adamBeta1 });
        const velocity = mapElements(g, "blend_square", [slots.velocity, dw], { take: 1 - adamBeta2 });
        const next = mapElements(g, "adam_descend", [w, m, velocity, cells], { epsilon });
        return { w: next, slots: { momentum: m, velocity } };
      }
      const sum = mapElements(g, "muon_sum", [slots.momentum, dw], { keep: momentum });
      const x = orthogonalize(g, nesterov ? mapElements(g, "muon_sum", [sum, dw], { keep: momentum }) : sum);
      const scale = rmsRate === null ? 1 : rmsRate * Math.sqrt(Math.max(...shape));
      return { w: mapElements(g, "muon_descend", [w, x, cells], { scale }), slots: { momentum: sum } };
    },
  });
}

/** Its row of the table. */
export const muonRow: OptimizerRow = defineRow({ id: "muon", formulas: muonRows, create: muon });

/** Checks the parts of names that are left to Adam. */
function checkExcluded(what: string, given: unknown): readonly string[] {
  if (!Array.isArray(given)) {
    throw new TypeError(`Cannot ${what}: excludeLayers must be an array, got ${describeValue(given)}`);
  }
  for (const part of given) {
    if (typeof part === "string" && part !== "" && !PATTERN.test(part)) continue;
    const rule = "excludeLayers must hold parts of the names of weights, as plain text";
    throw new TypeError(`Cannot ${what}: ${rule}, got ${describeValue(part)}`);
  }
  return [...given];
}
