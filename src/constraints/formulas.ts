import type { FormulaRow } from "../formula/formula_row.ts";
import { constraintTable } from "./gen/table.ts";

/** Every elementwise formula of the constraints, for the table of formulas. */
export const constraintFormulas: readonly FormulaRow[] = Object.values(constraintTable).flatMap((row) =>
  row.formulas ?? []
);
