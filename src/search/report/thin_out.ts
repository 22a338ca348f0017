/**
 * Some of a sorted list where all are too many: the first fifth of `most`, and evenly spaced ones of the others.
 *
 * @param items A list, the best first.
 * @param most How many to keep at most.
 */
export function thinOut<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  const first = Math.floor(most / 5);
  const rest = most - first;
  const step = (items.length - first - 1) / (rest - 1);
  return [...items.slice(0, first), ...Array.from({ length: rest }, (_, i) => items[first + Math.round(i * step)])];
}
