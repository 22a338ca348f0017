import { add, mul, square, sub } from "../formula/build.ts";
import { scalar, vector } from "../formula/expression.ts";
import { type FormulaRow, formulaRow } from "../formula/formula_row.ts";

const a = vector("a");
const b = vector("b");
const take = scalar("take");
const w = vector("w");

/** Elementwise formulas that traced optimizers share. None has a derivative. */
export const commonRows: readonly FormulaRow[] = [
  // a + (b − a) · take
  formulaRow("blend", add(a, mul(sub(b, a), take)), { by: [] }),
  // a + (b² − a) · take
  formulaRow("blend_square", add(a, mul(sub(square(b), a), take)), { by: [] }),
  // w − u · rate, with a rate that is computed
  formulaRow("descend", sub(w, mul(vector("u"), scalar("rate"))), { vectors: ["w", "u"], cells: ["rate"], by: [] }),
  // w − w · (decay · rate): weight decay apart from the gradient
  formulaRow("decay_weights", sub(w, mul(w, mul(scalar("decay"), scalar("rate")))), { cells: ["rate"], by: [] }),
];
