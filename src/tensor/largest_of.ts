/**
 * The largest of numbers, however many: a call may have some 65,000 arguments only in some engines, so that `Math.max(...values)` throws
 * for long arrays.
 *
 * @param least What it is at least; the result for no numbers at all.
 */
export function largestOf(values: Iterable<number>, least = -Infinity): number {
  let largest = least;
  for (const value of values) largest = Math.max(largest, value);
  return largest;
}
