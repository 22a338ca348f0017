/**
 * The losses of members of XOR 2-7-1, as one would evaluate them by hand in JavaScript: sigmoid, binary crossentropy, four samples, plain
 * loops over float64 arrays.
 *
 * @param members for each [2 · 7 weights, 7 biases, 7 weights, 1 bias]
 * @returns the least loss
 */
export function evaluateXorByHand(members: Float64Array, count: number): number {
  const hidden = 7, width = 4 * hidden + 1;
  const xs = [[0, 0], [0, 1], [1, 0], [1, 1]];
  const ys = [0, 1, 1, 0];
  let best = Infinity;
  for (let member = 0; member < count; member++) {
    const at = member * width;
    let loss = 0;
    for (let sample = 0; sample < 4; sample++) {
      const x = xs[sample];
      let z = members[at + 4 * hidden];
      for (let j = 0; j < hidden; j++) {
        const sum = x[0] * members[at + j] + x[1] * members[at + hidden + j] + members[at + 2 * hidden + j];
        z += members[at + 3 * hidden + j] / (1 + Math.exp(-sum));
      }
      const p = 1 / (1 + Math.exp(-z));
      loss -= ys[sample] === 1 ? Math.log(p) : Math.log(1 - p);
    }
    best = Math.min(best, loss / 4);
  }
  return best;
}
