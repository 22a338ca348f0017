import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkString } from "../errors/check_string.ts";
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
      const rows = mode === "rows" ? w : g.apply("transpose", [w], { axes: [1, 0] });
      const [size] = rows.shape;
      if (size === 1) return g.apply("constant", [], { value: 0, shape: [] });
      const unit = g.apply("l2_normalize", [rows]);
      const products = withoutDiagonal(g, g.apply("matmul", [unit, unit], { transposeB: true }));
      // Every pair is there twice, and there are size · (size − 1) products.
      const all = g.apply("sum_all", [map(g, "abs", [products])]);
      return map(g, "affine", [all], { scale: factor / (size * (size - 1)), offset: 0 });
    },
  };
}

/**
 * What is not on the diagonal of a matrix [n, n], as [n − 1, n]: without the first element, rows of n + 1 end with the diagonal's. To take the
 * diagonal from the sum instead would leave no digits of what is small beside it.
 */
function withoutDiagonal(g: Builder, matrix: Symbolic): Symbolic {
  const [n] = matrix.shape;
  const reshape = (x: Symbolic, shape: number[]): Symbolic => g.apply("reshape", [x], { shape });
  const slice = (x: Symbolic, begin: number[], size: number[]): Symbolic => g.apply("slice", [x], { begin, size });
  return slice(reshape(slice(reshape(matrix, [n * n]), [1], [n * n - 1]), [n - 1, n + 1]), [0, 0], [n - 1, n]);
}

/** Its row of the table. */
export const orthogonalRegularizerRow: RegularizerRow = defineRow({
  id: "orthogonal_regularizer",
  create: orthogonalRegularizer,
});
