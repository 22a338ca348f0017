import { abs, add, div, greater, max, min, mul, select, sqrt, square, sub } from "../formula/build.ts";
import { scalar, vector } from "../formula/expression.ts";
import { type FormulaRow, formulaRow } from "../formula/formula_row.ts";

const a = vector("a");
const b = vector("b");

/** Plain arithmetic between tensors of one shape, and with a number. */
export const arithmetic: readonly FormulaRow[] = [
  formulaRow("add", add(a, b)),
  formulaRow("sub", sub(a, b)),
  formulaRow("mul", mul(a, b)),
  formulaRow("div", div(a, b)),
  formulaRow("maximum", max(a, b)),
  formulaRow("minimum", min(a, b)),
  formulaRow("abs", abs(a)),
  formulaRow("square", square(a)),
  formulaRow("sqrt", sqrt(a)),
  formulaRow("affine", add(mul(a, scalar("scale")), scalar("offset"))),
  // min(x, 0): what a learned slope multiplies.
  formulaRow("below_zero", min(a, 0)),
  // Keras's Normalization divides by max(σ, 1e-7).
  formulaRow("deviation", max(sqrt(a), 1e-7), { by: [] }),
  formulaRow("inverse_deviation", div(1, max(sqrt(a), 1e-7)), { by: [] }),
  // The slope of the norm a, times b: b / a, and 0 at the norm 0.
  formulaRow("norm_slope", select(greater(a, 0), div(b, a), 0), { by: [] }),
];
