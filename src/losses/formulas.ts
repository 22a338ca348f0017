import type { FormulaRow } from "../formula/formula_row.ts";
import { lossTable } from "./gen/table.ts";

/** Every elementwise formula of the losses, for the table of formulas. */
export const lossFormulas: readonly FormulaRow[] = Object.values(lossTable).flatMap((row) => row.formulas);
