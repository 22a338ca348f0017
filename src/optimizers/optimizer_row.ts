import type { Formula } from "../formula/formula.ts";
import type { FormulaRow } from "../formula/formula_row.ts";
import type { Row } from "../tables/row.ts";
import type { Optimizer } from "./optimizer.ts";
import type { PopulationOptimizer } from "./population_optimizer.ts";

/** One row of the table of optimizers. */
export interface OptimizerRow extends Row<object, Optimizer | PopulationOptimizer> {
  /** The steps of a fused optimizer, without weight decay: one for each way in which its options change what is computed. */
  readonly steps?: readonly Formula[];
  /** The steps of one that has weight decay of its own, without it and with it. */
  readonly decayedSteps?: readonly Formula[];
  /** The elementwise formulas that a traced optimizer brings. */
  readonly formulas?: readonly FormulaRow[];
}
