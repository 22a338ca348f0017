/** The row from `from` up to `to` with the smallest score; the first of equal ones. */
export function findBest(scores: Float64Array, from: number, to: number): number {
  let best = from;
  for (let row = from + 1; row < to; row++) if (scores[row] < scores[best] || Number.isNaN(scores[best])) best = row;
  return best;
}
