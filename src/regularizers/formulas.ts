import type { FormulaRow } from "../formula/formula_row.ts";
import { regularizerTable } from "./gen/table.ts";

/** Every elementwise formula of the regularizers, for the table of formulas. */
export const regularizerFormulas: readonly FormulaRow[] = Object.values(regularizerTable).flatMap((row) =>
  row.formulas ?? []
);
