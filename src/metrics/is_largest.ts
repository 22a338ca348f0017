/**
 * Whether a column is the one that `findLargest` would find, without finding it: every value before it is smaller and
 * none after it is larger. It stops at the first that is not. NaN in the row, or a column that does not exist: false.
 *
 * @param values The array.
 * @param start Where the row begins.
 * @param width How many values the row has.
 * @param column The column in question, from 0.
 * @returns True if the column holds the largest value.
 */
export function isLargest(values: Float32Array, start: number, width: number, column: number): boolean {
  if (!(column >= 0 && column < width) || column !== Math.floor(column)) return false;
  const at = start + column;
  const end = start + width;
  const value = values[at];
  for (let i = start; i < at; i++) {
    if (!(values[i] < value)) return false;
  }
  for (let i = at; i < end; i++) {
    if (!(values[i] <= value)) return false;
  }
  return true;
}
