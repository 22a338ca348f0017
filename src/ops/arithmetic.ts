import { abs, add, div, mul, sqrt, square, sub } from "../formula/build.ts";
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
  formulaRow("abs", abs(a)),
  formulaRow("square", square(a)),
  formulaRow("sqrt", sqrt(a)),
  formulaRow("affine", add(mul(a, scalar("scale")), scalar("offset"))),
];
