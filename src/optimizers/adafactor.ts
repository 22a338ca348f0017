import { checkBoolean } from "../errors/check_boolean.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { add, div, max, mul, sqrt, square, sub } from "../formula/build.ts";
import { scalar, vector } from "../formula/expression.ts";
import { type FormulaRow, formulaRow } from "../formula/formula_row.ts";
import { defineRow } from "../tables/define_row.ts";
import { power } from "../tensor/power.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Builder, Symbolic } from "../tensor/symbolic.ts";
import { buildTracedOptimizer } from "./build_traced_optimizer.ts";
import { COMMON_OPTIONS, type CommonOptions } from "./common_options.ts";
import { mapElements } from "./map_elements.ts";
import type { Optimizer, Slot, StepResult } from "./optimizer.ts";
import type { OptimizerRow } from "./optimizer_row.ts";

/** Options of `adafactor`. */
export interface AdafactorOptions extends CommonOptions {
  /** The power of the step's number by which the share of new squares falls, <= 0; -0.8 by default. */
  beta2Decay?: number;
  /** Added to the squares, > 0; 1e-30 by default. */
  epsilon1?: number;
  /** The least root mean square of the weights that the step is measured by, > 0; 1e-3 by default. */
  epsilon2?: number;
  /** The largest root mean square of a step, in units of its rate, > 0; 1 by default. */
  clipThreshold?: number;
  /** Whether the learning rate is at most 1 / √t in step t; true by default. */
  relativeStep?: boolean;
}

const CELLS = ["rate", "take"];
const [a, b, u, w] = ["a", "b", "u", "w"].map(vector);
const rmsW = mul(w, scalar("scale"));
const excess = max(1, div(mul(u, scalar("scale")), scalar("clipThreshold")));

/** What the step is made of. */
const adafactorRows: readonly FormulaRow[] = [
  formulaRow("adafactor_square", add(square(a), scalar("epsilon1")), { by: [] }),
  // a + (b · scale − a) · take
  formulaRow("adafactor_mean", add(a, mul(sub(mul(b, scalar("scale")), a), scalar("take"))), { cells: CELLS, by: [] }),
  formulaRow("inverse_root", div(1, sqrt(a)), { by: [] }),
  // Of the norms of u and w, with scale = 1 / √elements: max(epsilon2, RMS(w)) · rate / max(1, RMS(u) / clipThreshold)
  formulaRow("adafactor_rate", div(mul(max(scalar("epsilon2"), rmsW), scalar("rate")), excess), {
    vectors: ["u", "w"],
    scalars: ["scale", "epsilon2", "clipThreshold"],
    cells: CELLS,
    by: [],
  }),
];

/** x with its last two axes changed. */
function turn(g: Builder, x: Symbolic): Symbolic {
  const axes = x.shape.map((_, axis) => axis);
  return g.apply("transpose", [x], { axes: [...axes.slice(0, -2), axes.length - 1, axes.length - 2] });
}

/**
 * Adafactor, whose memory is the sums of a matrix's rows and columns: for a kernel, with s = g² + epsilon1 and the share
 * k = t ^ beta2Decay of the new in step t, r += (mean of s over the last axis − r) · k, c += (mean of s over the axis before − c) · k and
 * v = r · c / mean(r) over the last axis of r; for a bias, or a single number, v += (s − v) · k. Then u = g / √v,
 * u = u / max(1, RMS(u) / clipThreshold) and w −= max(epsilon2, RMS(w)) · rate · u, with rate = min(learningRate, 1 / √t).
 *
 * With `relativeStep: false` the rate is the learningRate; Keras takes the least of both in either case.
 *
 * Source: Shazeer and Stern 2018, Adafactor: adaptive learning rates with sublinear memory cost, arXiv:1804.04235.
 *
 * @param options Learning rate (0.001 by default), beta2Decay, epsilon1, epsilon2, clipThreshold, relativeStep, and the common options.
 * @returns The optimizer.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option has the wrong type or does not exist, or options exclude each other.
 */
export function adafactor(options: AdafactorOptions = {}): Optimizer {
  const what = "create adafactor optimizer";
  const names = ["beta2Decay", "epsilon1", "epsilon2", "clipThreshold", "relativeStep"];
  checkOptions(what, options, [...COMMON_OPTIONS, ...names]);
  const beta2Decay = checkNumber(what, "beta2Decay", options.beta2Decay ?? -0.8, { max: 0 });
  const epsilon1 = checkNumber(what, "epsilon1", options.epsilon1 ?? 1e-30, { minExclusive: 0 });
  const epsilon2 = checkNumber(what, "epsilon2", options.epsilon2 ?? 1e-3, { minExclusive: 0 });
  const clipThreshold = checkNumber(what, "clipThreshold", options.clipThreshold ?? 1, { minExclusive: 0 });
  const relativeStep = checkBoolean(what, "relativeStep", options.relativeStep ?? true);

  /** g / √v, and the new sums. Roots are taken before products, so that no product of small sums vanishes. */
  function divide(g: Builder, dw: Symbolic, slots: Readonly<Record<string, Symbolic>>, cells: Symbolic): StepResult {
    const squares = mapElements(g, "adafactor_square", [dw], { epsilon1 });
    const blend = (slot: Symbolic, sum: Symbolic, scale: number): Symbolic =>
      mapElements(g, "adafactor_mean", [slot, sum, cells], { scale });
    if (dw.shape.length < 2) {
      const velocity = blend(slots.velocity, squares, 1);
      return { w: mapElements(g, "mul", [dw, mapElements(g, "inverse_root", [velocity])]), slots: { velocity } };
    }
    const isMatrix = dw.shape.length === 2;
    const [rows, columns] = dw.shape.slice(-2);
    const r = blend(slots.r, g.apply("sum_rows", [squares]), 1 / columns);
    const sums = isMatrix ? g.apply("sum_columns", [squares]) : g.apply("sum_rows", [turn(g, squares)]);
    const c = blend(slots.c, sums, 1 / rows);
    const mean = mapElements(g, "sqrt", [g.apply("sum_rows", [r], { scale: 1 / rows })]);
    const byRow = g.apply(isMatrix ? "scale_by" : "scale_rows", [mapElements(g, "inverse_root", [r]), mean]);
    const byColumn = mapElements(g, "inverse_root", [c]);
    const scaled = g.apply("scale_rows", [dw, byRow]);
    const u = isMatrix
      ? g.apply("scale_columns", [scaled, byColumn])
      : turn(g, g.apply("scale_rows", [turn(g, scaled), byColumn]));
    return { w: u, slots: { r, c } };
  }

  return buildTracedOptimizer({
    id: "adafactor",
    options,
    learningRate: 0.001,
    own: { beta2Decay, epsilon1, epsilon2, clipThreshold, relativeStep },
    cellCount: CELLS.length,
    cells: (iteration, rate) => [
      relativeStep ? Math.min(rate, 1 / Math.sqrt(iteration + 1)) : rate,
      1 / power(iteration + 1, -beta2Decay),
    ],
    slotsOf({ shape }): Slot[] {
      if (shape.length < 2) return [{ name: "velocity", initial: 0 }];
      return [
        { name: "r", shape: shape.slice(0, -1), initial: 0 },
        { name: "c", shape: [...shape.slice(0, -2), shape[shape.length - 1]], initial: 0 },
      ];
    },
    step(g, { w, dw, slots, cells }) {
      const { w: u, slots: next } = divide(g, dw, slots, cells);
      const norms = [u, w].map((x) => g.apply("norm_all", [x]));
      const scale = 1 / Math.sqrt(sizeOf(w.shape));
      const rate = mapElements(g, "adafactor_rate", [...norms, cells], { scale, epsilon2, clipThreshold });
      return { w: mapElements(g, "descend", [w, u, rate]), slots: next };
    },
  });
}

/** Its row of the table. */
export const adafactorRow: OptimizerRow = defineRow({ id: "adafactor", formulas: adafactorRows, create: adafactor });
