/**
 * Writes the numbers of the rows from `first` on in the order of their scores, the best first; of equal ones that with the smaller number. A
 * score that is NaN comes last.
 */
export function orderMembers(scores: Float64Array, first: number, order: Int32Array): void {
  const count = order.length;
  let from: Int32Array = order;
  let into: Int32Array = new Int32Array(count);
  for (let i = 0; i < count; i++) from[i] = first + i;
  // Runs that are in order are joined to ones twice as long. Of equal rows that of the run before comes first.
  for (let run = 1; run < count; run *= 2) {
    for (let begin = 0; begin < count; begin += 2 * run) {
      const middle = Math.min(count, begin + run), end = Math.min(count, begin + 2 * run);
      for (let left = begin, right = middle, at = begin; at < end; at++) {
        const takesLeft = right === end || (left < middle && !isBetter(scores[from[right]], scores[from[left]]));
        into[at] = takesLeft ? from[left++] : from[right++];
      }
    }
    [from, into] = [into, from];
  }
  if (from !== order) order.set(from);
}

function isBetter(score: number, than: number): boolean {
  return score < than || (Number.isNaN(than) && score < Infinity);
}
