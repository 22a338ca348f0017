import { emitFile } from "../src/formula/emit.ts";
import type { Formula } from "../src/formula/formula.ts";
import { backwardFormula, type FormulaRow } from "../src/formula/formula_row.ts";
import { allFormulaRows } from "../src/ops/formulas.ts";
import { stepFormulas } from "../src/optimizers/formulas.ts";
import { updateFormulas } from "../src/update/formulas.ts";

/**
 * Emits the AssemblyScript of every kernel that comes from a formula table.
 *
 * @returns file name in asm/gen/ (for example `formulas.ts`) → AssemblyScript text
 */
export function emitKernels(): Record<string, string> {
  return {
    "formulas.ts": emitFile(allFormulaRows().flatMap(formulasOf), "the tables of formulas"),
    "optimizers.ts": emitFile([...stepFormulas(), ...updateFormulas], "src/optimizers/ and src/update/"),
  };
}

/** The forward pass and every backward pass that is more than a copy of dy. */
function formulasOf(row: FormulaRow): Formula[] {
  const backward = row.by.map((x) => backwardFormula(row, x));
  return [row.forward, ...backward.filter(({ outputs }) => outputs["y"].kind !== "vector")];
}
