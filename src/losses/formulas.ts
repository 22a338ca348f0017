import type { FormulaRow } from "../formula/formula_row.ts";
import type { LossRow } from "./loss_row.ts";
import { lossTable } from "./table.ts";

/** Every elementwise formula of the losses, for the table of formulas. */
export const lossFormulas: readonly FormulaRow[] = Object.values<LossRow>(lossTable).flatMap((row) => row.formulas);
