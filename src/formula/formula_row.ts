import { differentiate, type Formula, formula } from "./formula.ts";
import type { Expression } from "./expression.ts";

/** A row of a table of formulas: y = f(vectors; scalars), and what it is differentiated by. */
export interface FormulaRow {
  /** The formula's name; its kernels are `<id>_forward` and `<id>_backward`. */
  readonly id: string;
  /** The forward pass. */
  readonly forward: Formula;
  /** The vectors by which it has a derivative. */
  readonly by: readonly string[];
  /** ∂y/∂vector where a hand-written form is better than the derived one; it may mention y. */
  readonly gradients: Readonly<Record<string, Expression>>;
}

/** Makes a row with the forward kernel `<id>_forward`. `by` defaults to all vectors. */
export function formulaRow(
  id: string,
  y: Expression,
  options: {
    readonly vectors?: readonly string[];
    readonly scalars?: readonly string[];
    readonly cells?: readonly string[];
    readonly by?: readonly string[];
    readonly gradients?: Readonly<Record<string, Expression>>;
  } = {},
): FormulaRow {
  const forward = formula(`${id}_forward`, y, options);
  return { id, forward, by: options.by ?? forward.vectors, gradients: options.gradients ?? {} };
}

/** The id of the formula that computes the gradient of `row` by `x`: `<id>_backward`, or `<id>_backward_<x>`. */
export function backwardName(row: FormulaRow, x: string): string {
  return row.by.length === 1 ? `${row.id}_backward` : `${row.id}_backward_${x}`;
}

/** The backward pass of `row` by the vector `x`. */
export function backwardFormula(row: FormulaRow, x: string): Formula {
  return differentiate(row.forward, x, backwardName(row, x), row.gradients[x]);
}
