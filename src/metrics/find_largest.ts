/**
 * The column of the largest of `width` values from `start` on; the first of them if several are equal.
 *
 * @param values The array.
 * @param start Where the row begins.
 * @param width How many values the row has, at least 1.
 * @returns The column, from 0.
 */
export function findLargest(values: Float32Array, start: number, width: number): number {
  let best = 0;
  let largest = values[start];
  for (let column = 1; column < width; column++) {
    const value = values[start + column];
    if (value > largest) {
      largest = value;
      best = column;
    }
  }
  return best;
}
