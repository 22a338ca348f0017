import type { Formula } from "../formula/formula.ts";
import { type BufferRef, byParameter, count, read, write } from "../ops/op.ts";
import type { ProgramBuilder } from "./program_builder.ts";

/** What a formula is applied to, besides arrays. */
export interface FormulaOptions {
  readonly scalars?: readonly number[];
  /** Where the formula's cells are, if it has any. */
  readonly cells?: BufferRef;
  /** Elements at whose multiples threads share the work. Default 4. */
  readonly quantum?: number;
}

/**
 * Adds the kernel of a formula over `elements` elements, in place: outputs and vectors of one name are one array.
 *
 * @param arrays where every vector is
 */
export function applyFormula(
  builder: ProgramBuilder,
  formula: Formula,
  elements: number,
  arrays: (name: string) => BufferRef,
  { scalars = [], cells, quantum }: FormulaOptions = {},
): void {
  builder.call(formula.name, [
    ...Object.keys(formula.outputs).map((name) => write(arrays(name), 1)),
    ...formula.vectors.map((name) => read(arrays(name), 1)),
    ...(formula.cells.length > 0 ? [read(cells!, 0)] : []),
    ...scalars,
    count(),
  ], byParameter(elements, quantum));
}
