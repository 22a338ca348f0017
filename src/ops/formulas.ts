import { describeValue } from "../errors/describe_value.ts";
import { nearestName } from "../errors/nearest_name.ts";
import { activationFormulas } from "../activations/formulas.ts";
import { constraintFormulas } from "../constraints/formulas.ts";
import type { Formula } from "../formula/formula.ts";
import { backwardFormula, type FormulaRow } from "../formula/formula_row.ts";
import { lossFormulas } from "../losses/formulas.ts";
import { optimizerRows } from "../optimizers/formulas.ts";
import { regularizerFormulas } from "../regularizers/formulas.ts";
import { arithmetic } from "./arithmetic.ts";

/** Every elementwise formula that a graph can use, by its id. */
const rows: ReadonlyMap<string, FormulaRow> = new Map(
  [
    ...activationFormulas,
    ...lossFormulas,
    ...regularizerFormulas,
    ...constraintFormulas,
    ...optimizerRows,
    ...arithmetic,
  ].map((row) => [row.id, row]),
);

/** Derived backward formulas, kept since deriving one takes longer than finding it. */
const derived = new Map<string, Formula>();

/** The row of the formula `id`. */
export function formulaRowOf(id: string): FormulaRow {
  const row = rows.get(id);
  if (row === undefined) {
    const nearest = typeof id === "string" ? nearestName(id, [...rows.keys()]) : undefined;
    const hint = nearest === undefined ? "" : `; did you mean "${nearest}"?`;
    throw new RangeError(`Unknown formula ${describeValue(id)}${hint}`);
  }
  return row;
}

/** The formula that a `map` node computes: a row's forward pass, or with `by` its backward pass. */
export function formulaOf(id: string, by: string | null): Formula {
  if (by === null) return formulaRowOf(id).forward;
  const key = `${id} ${by}`;
  let formula = derived.get(key);
  if (formula === undefined) {
    formula = backwardFormula(formulaRowOf(id), by);
    derived.set(key, formula);
  }
  return formula;
}

/** All rows, for the build tool, the tests and the benchmarks. */
export function allFormulaRows(): readonly FormulaRow[] {
  return [...rows.values()];
}
