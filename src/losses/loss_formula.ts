import type { Expression } from "../formula/expression.ts";
import { type FormulaRow, formulaRow } from "../formula/formula_row.ts";

/** A formula of labels t and predictions p (in this order) that is derived by p only. */
export function lossFormula(
  id: string,
  y: Expression,
  options: { readonly gradient?: Expression; readonly scalars?: readonly string[] } = {},
): FormulaRow {
  return formulaRow(id, y, {
    vectors: ["t", "p"],
    by: ["p"],
    ...(options.scalars === undefined ? {} : { scalars: options.scalars }),
    ...(options.gradient === undefined ? {} : { gradients: { p: options.gradient } }),
  });
}
