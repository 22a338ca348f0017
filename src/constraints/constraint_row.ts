import type { FormulaRow } from "../formula/formula_row.ts";
import type { Row } from "../tables/row.ts";
import type { Constraint } from "./constraint.ts";

/** One row of the table of constraints. */
export interface ConstraintRow extends Row<object, Constraint> {
  /** The elementwise formulas that it brings, besides those of plain arithmetic. */
  readonly formulas?: readonly FormulaRow[];
}
