import type { FormulaRow } from "../formula/formula_row.ts";
import type { Row } from "../tables/row.ts";
import type { Loss } from "./loss.ts";
import type { Reduction } from "./reduction.ts";

/** The option that every loss has. */
export interface LossOptions {
  /** How the losses of the rows become one number. Defaults to `sum_over_batch_size`: their mean. */
  readonly reduction?: Reduction;
}

/** One row of the table of losses. */
export interface LossRow<Options extends LossOptions = LossOptions> extends Row<Options, Loss> {
  /** The names of its options. */
  readonly options: readonly (keyof Options & string)[];
  /** The elementwise formulas that it brings. */
  readonly formulas: readonly FormulaRow[];
}
