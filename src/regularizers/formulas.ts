import { div, max, sqrt } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { type FormulaRow, formulaRow } from "../formula/formula_row.ts";

/** The smallest sum of squares that is divided by: a norm of 1e-6. */
const SMALLEST = 1e-12;

/** What regularizers are made of besides plain arithmetic. */
export const regularizerFormulas: readonly FormulaRow[] = [
  formulaRow("inverse_norm", div(1, sqrt(max(vector("squares"), SMALLEST)))),
];
