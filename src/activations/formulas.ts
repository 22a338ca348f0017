import type { FormulaRow } from "../formula/formula_row.ts";
import { activationTable } from "./gen/table.ts";

/** Every elementwise formula of the activations, for the table of formulas. */
export const activationFormulas: readonly FormulaRow[] = Object.values(activationTable).flatMap((row) => row.formulas);
