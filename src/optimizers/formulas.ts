import type { Formula } from "../formula/formula.ts";
import type { FormulaRow } from "../formula/formula_row.ts";
import { commonRows } from "./common_rows.ts";
import { optimizerTable } from "./gen/table.ts";
import { withWeightDecay } from "./with_weight_decay.ts";

const rows = Object.values(optimizerTable);

/**
 * The formula of every fused optimizer's step, with and without weight decay: one kernel each. For the build tool; a function, since to
 * make the variants takes milliseconds that no start of the library should pay.
 */
export function stepFormulas(): readonly Formula[] {
  const steps = rows.flatMap((row) => row.steps ?? []);
  return [...steps, ...steps.map(withWeightDecay), ...rows.flatMap((row) => row.decayedSteps ?? [])];
}

/** The elementwise formulas that traced optimizers are made of. */
export const optimizerRows: readonly FormulaRow[] = [...commonRows, ...rows.flatMap((row) => row.formulas ?? [])];
