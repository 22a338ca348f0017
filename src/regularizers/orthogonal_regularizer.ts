import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkString } from "../errors/check_string.ts";
import { div, max, sqrt } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import { defineRow } from "../tables/define_row.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { type Builder, map, type Symbolic } from "../tensor/symbolic.ts";
import type { Regularizer } from "./regularizer.ts";
import type { RegularizerRow } from "./regularizer_row.ts";

/** Options of `orthogonalRegularizer`. */
export interface OrthogonalRegularizerOptions {
  /** The factor, >= 0; 0.01 by default. */
  factor?: number;
  /** Whether the rows or the columns of the matrix shall be orthogonal; `"rows"` by default. */
  mode?: "rows" | "columns";
}

/** The smallest sum of squares that is divided by: a norm of 1e-6. */
const SMALLEST = 1e-12;

const inverseNorm = formulaRow("inverse_norm", div(1, sqrt(max(vector("squares"), SMALLEST))));

/**
 * penalty = factor · the mean of |cos(vᵢ, vⱼ)| over all pairs i < j of rows (or columns) of the matrix.
 *
 * A matrix with a single row (column) has no pairs, and no penalty. Every vector is divided by its norm, or by 1e-6 if that is larger.
 *
 * @param options Factor, mode.
 * @returns The regularizer; `penalty` throws a TypeError for a weight that is not a matrix.
 * @throws {RangeError} If an option is out of range.
 */
export function orthogonalRegularizer(options: OrthogonalRegularizerOptions = {}): Regularizer {
  const what = "create orthogonal_regularizer";
  checkOptions(what, options, ["factor", "mode"]);
  const factor = checkNumber(what, "factor", options.factor ?? 0.01, { min: 0 });
  const mode = checkString(what, "mode", options.mode ?? "rows", ["rows", "columns"]);
  return {
    id: "orthogonal_regularizer",
    config: { factor, mode },
    penalty(g, w) {
      if (w.shape.length !== 2) {
        const found = formatShape(w.shape);
        throw new TypeError(`Cannot apply orthogonal_regularizer: the weight must have 2 axes, got shape ${found}`);
      }
      const size = w.shape[mode === "rows" ? 0 : 1];
      if (size === 1) return g.apply("constant", [], { value: 0, shape: [] });
      // Σ over i ≠ j: the sum of all |products|, less the squares on the diagonal. Every pair is counted twice, as is size·(size − 1).
      const unit = mode === "rows" ? g.apply("l2_normalize", [w]) : normalizeColumns(g, w);
      const product = g.apply("matmul", [unit, unit], mode === "rows" ? { transposeB: true } : { transposeA: true });
      const all = g.apply("sum_all", [map(g, "abs", [product])]);
      const diagonal = g.apply("sum_all", [map(g, "square", [unit])]);
      return map(g, "affine", [map(g, "sub", [all, diagonal])], { scale: factor / (size * (size - 1)), offset: 0 });
    },
  };
}

/** Every column divided by max(its norm, 1e-6). */
function normalizeColumns(g: Builder, w: Symbolic): Symbolic {
  const squares = g.apply("sum_columns", [map(g, "square", [w])]);
  return g.apply("scale_columns", [w, map(g, inverseNorm.id, [squares])]);
}

/** Its row of the table. */
export const orthogonalRegularizerRow: RegularizerRow = defineRow({
  id: "orthogonal_regularizer",
  formulas: [inverseNorm],
  create: orthogonalRegularizer,
});
