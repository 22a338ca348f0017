import { add, div, max, min, mul, sub } from "../formula/build.ts";
import { scalar, vector } from "../formula/expression.ts";
import { type FormulaRow, formulaRow } from "../formula/formula_row.ts";

/** Keeps a weight of norm 0 from a division by 0. */
const EPSILON = 1e-7;

const w = vector("w");
const norm = vector("norm");
const clipped = min(max(norm, scalar("minValue")), scalar("maxValue"));
const desired = add(mul(scalar("rate"), clipped), mul(sub(1, scalar("rate")), norm));

/** What constraints are made of. None has a derivative: they act after the step. */
export const constraintFormulas: readonly FormulaRow[] = [
  formulaRow("non_neg", max(w, 0), { by: [] }),
  formulaRow("max_norm_factor", div(min(norm, scalar("maxValue")), add(norm, EPSILON)), { by: [] }),
  formulaRow("unit_norm_factor", div(1, add(norm, EPSILON)), { by: [] }),
  formulaRow("min_max_norm_factor", div(desired, add(norm, EPSILON)), { by: [] }),
];
