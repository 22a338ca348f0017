/**
 * y = x · Mᵀ for rows x and y of n elements and a matrix M of n × n: each element is a sum over ascending j. Four rows and two columns at a time,
 * so that every element that is read serves two or four products.
 */
export function multiplyRows(x: Float64Array, matrix: Float64Array, y: Float64Array, n: number): void {
  const rows = x.length / n;
  for (let k = 0; k < rows; k += 4) {
    // Rows behind the last one are the last one again.
    const x0 = k * n,
      x1 = Math.min(k + 1, rows - 1) * n,
      x2 = Math.min(k + 2, rows - 1) * n,
      x3 = Math.min(k + 3, rows - 1) * n;
    for (let i = 0; i < n; i += 2) {
      const next = Math.min(i + 1, n - 1);
      const a = i * n, b = next * n;
      let p0 = 0, p1 = 0, p2 = 0, p3 = 0, q0 = 0, q1 = 0, q2 = 0, q3 = 0;
      for (let j = 0; j < n; j++) {
        const first = matrix[a + j], second = matrix[b + j];
        const v0 = x[x0 + j], v1 = x[x1 + j], v2 = x[x2 + j], v3 = x[x3 + j];
        p0 += first * v0;
        p1 += first * v1;
        p2 += first * v2;
        p3 += first * v3;
        q0 += second * v0;
        q1 += second * v1;
        q2 += second * v2;
        q3 += second * v3;
      }
      y[x0 + i] = p0;
      y[x1 + i] = p1;
      y[x2 + i] = p2;
      y[x3 + i] = p3;
      y[x0 + next] = q0;
      y[x1 + next] = q1;
      y[x2 + next] = q2;
      y[x3 + next] = q3;
    }
  }
}
