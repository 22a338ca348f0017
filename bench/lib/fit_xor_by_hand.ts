/**
 * The same training as `fitXor`, as one would write it by hand in JavaScript: 2-7-1, sigmoid, binary crossentropy, gradient descent with a
 * rate of 4.5, 200 epochs of one batch of 4. Plain loops over float64 arrays; the losses are kept, as a history does.
 *
 * @param weights [2 · 7 weights, 7 biases, 7 weights, 1 bias]; they are trained
 * @returns the loss of every epoch
 */
export function fitXorByHand(weights: Float64Array, epochs = 200, rate = 4.5): number[] {
  const hidden = 7;
  const xs = [[0, 0], [0, 1], [1, 0], [1, 1]];
  const ys = [0, 1, 1, 0];
  const w1 = weights.subarray(0, 2 * hidden);
  const b1 = weights.subarray(2 * hidden, 3 * hidden);
  const w2 = weights.subarray(3 * hidden, 4 * hidden);
  const b2 = weights.subarray(4 * hidden);
  const h = new Float64Array(hidden);
  const gradients = new Float64Array(weights.length);
  const losses: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    gradients.fill(0);
    let loss = 0;
    for (let sample = 0; sample < 4; sample++) {
      const x = xs[sample];
      let z = b2[0];
      for (let j = 0; j < hidden; j++) {
        h[j] = 1 / (1 + Math.exp(-(x[0] * w1[j] + x[1] * w1[hidden + j] + b1[j])));
        z += h[j] * w2[j];
      }
      const y = ys[sample];
      const p = 1 / (1 + Math.exp(-z));
      loss -= y === 1 ? Math.log(p) : Math.log(1 - p);
      const dz = (p - y) / 4;
      for (let j = 0; j < hidden; j++) {
        const dh = dz * w2[j] * h[j] * (1 - h[j]);
        gradients[3 * hidden + j] += dz * h[j];
        gradients[j] += dh * x[0];
        gradients[hidden + j] += dh * x[1];
        gradients[2 * hidden + j] += dh;
      }
      gradients[4 * hidden] += dz;
    }
    for (let i = 0; i < weights.length; i++) weights[i] -= rate * gradients[i];
    losses.push(loss / 4);
  }
  return losses;
}
