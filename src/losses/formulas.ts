import type { FormulaRow } from "../formula/formula_row.ts";

/** Every elementwise formula of the losses. */
export const lossFormulas: readonly FormulaRow[] = [];
