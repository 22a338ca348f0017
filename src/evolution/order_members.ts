/**
 * Writes the numbers of the rows from `first` on in the order of their scores, the best first; of equal ones that with the smaller number. A
 * score that is NaN comes last.
 */
export function orderMembers(scores: Float64Array, first: number, order: Int32Array): void {
  const count = order.length;
  for (let i = 0; i < count; i++) order[i] = first + i;
  const key = (row: number): number => Number.isNaN(scores[row]) ? Infinity : scores[row];
  order.sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    return left < right ? -1 : left > right ? 1 : a - b;
  });
}
