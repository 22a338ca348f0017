/**
 * Adds factor · Σ weightₖ xₖ xₖᵀ to the lower triangle of a matrix of n × n; xₖ is row k of n elements. Four rows at a time, so that the matrix is
 * read and written a quarter as often.
 */
export function addOuterProducts(
  matrix: Float64Array,
  x: Float64Array,
  weights: Float64Array,
  factor: number,
  n: number,
): void {
  const rows = weights.length;
  for (let k = 0; k < rows; k += 4) {
    // Rows behind the last one weigh nothing.
    const weightOf = (row: number): number => row < rows ? factor * weights[row] : 0;
    const w0 = weightOf(k), w1 = weightOf(k + 1), w2 = weightOf(k + 2), w3 = weightOf(k + 3);
    const x0 = k * n,
      x1 = Math.min(k + 1, rows - 1) * n,
      x2 = Math.min(k + 2, rows - 1) * n,
      x3 = Math.min(k + 3, rows - 1) * n;
    for (let i = 0; i < n; i += 2) {
      const next = Math.min(i + 1, n - 1);
      const a = i * n, b = next * n;
      const a0 = w0 * x[x0 + i], a1 = w1 * x[x1 + i], a2 = w2 * x[x2 + i], a3 = w3 * x[x3 + i];
      const b0 = w0 * x[x0 + next], b1 = w1 * x[x1 + next], b2 = w2 * x[x2 + next], b3 = w3 * x[x3 + next];
      for (let j = 0; j <= i; j++) {
        const v0 = x[x0 + j], v1 = x[x1 + j], v2 = x[x2 + j], v3 = x[x3 + j];
        matrix[a + j] += a0 * v0 + a1 * v1 + a2 * v2 + a3 * v3;
        if (a !== b) matrix[b + j] += b0 * v0 + b1 * v1 + b2 * v2 + b3 * v3;
      }
      if (a === b) continue;
      matrix[b + next] += b0 * x[x0 + next] + b1 * x[x1 + next] + b2 * x[x2 + next] + b3 * x[x3 + next];
    }
  }
}
