import type { ReferenceValue } from "./op.ts";

/**
 * Applies `f` to every row of float64 tensors that have equally many rows, and puts the results behind each other.
 *
 * @param widths the row length of each input, 1 for one number a row
 */
export function mapRows(
  inputs: readonly ReferenceValue[],
  widths: readonly number[],
  f: (...rows: Float64Array[]) => readonly number[] | Float64Array,
): Float64Array {
  const rows = inputs[0].data.length / widths[0];
  const results: number[] = [];
  for (let r = 0; r < rows; r++) {
    const row = f(...inputs.map(({ data }, i) => data.subarray(r * widths[i], (r + 1) * widths[i])));
    for (const value of row) results.push(value);
  }
  return Float64Array.from(results);
}
