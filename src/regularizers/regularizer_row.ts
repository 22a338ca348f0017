import type { FormulaRow } from "../formula/formula_row.ts";
import type { Row } from "../tables/row.ts";
import type { Regularizer } from "./regularizer.ts";

/** One row of the table of regularizers. */
export interface RegularizerRow extends Row<object, Regularizer> {
  /** The elementwise formulas that it brings, besides those of plain arithmetic. */
  readonly formulas?: readonly FormulaRow[];
}
