import { add, div } from "../formula/build.ts";
import { type Expression, vector } from "../formula/expression.ts";
import { type FormulaRow, formulaRow } from "../formula/formula_row.ts";

/** Keeps a weight of norm 0 from a division by 0. */
const EPSILON = 1e-7;

/** The factor that gives a weight the norm `desired`: desired / (norm + 1e-7). It has no derivative: constraints act after the step. */
export function normFactor(id: string, desired: Expression | number): FormulaRow {
  return formulaRow(id, div(desired, add(vector("norm"), EPSILON)), { by: [] });
}
