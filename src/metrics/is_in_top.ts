/**
 * Whether a column is among the k largest of a row. Columns that are equal share a place: all that are as large as the
 * k-th count as in. A NaN there, or a column that does not exist: false.
 *
 * @param values The array.
 * @param start Where the row begins.
 * @param width How many values the row has.
 * @param column The column in question, from 0.
 * @param k How many places there are.
 * @returns True if fewer than k values are larger.
 */
export function isInTop(values: Float32Array, start: number, width: number, column: number, k: number): boolean {
  if (!(column >= 0 && column < width) || column !== Math.floor(column)) return false;
  const value = values[start + column];
  if (value !== value) return false;
  let larger = 0;
  for (let i = start; i < start + width; i++) {
    if (values[i] > value && ++larger === k) return false;
  }
  return true;
}
