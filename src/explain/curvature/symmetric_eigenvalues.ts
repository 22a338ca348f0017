/** The eigenvalues of a symmetric matrix, falling, and their vectors of length 1. */
export interface Eigen {
  readonly values: readonly number[];
  readonly vectors: readonly Float64Array[];
}

/**
 * The eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi's rotations, cyclic by rows.
 *
 * Source: Golub and Van Loan, Matrix Computations, section 8.5.
 *
 * @param rows the matrix; it is overwritten
 */
export function symmetricEigenvalues(rows: readonly Float64Array[]): Eigen {
  const n = rows.length;
  const vectors = rows.map((_, i) => Float64Array.from({ length: n }, (_, j) => i === j ? 1 : 0));
  const total = Math.sqrt(rows.reduce((sum, row) => row.reduce((all, each) => all + each * each, sum), 0));
  for (let sweep = 0; sweep < 60; sweep++) {
    let rest = 0;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const off = rows[p][q];
        rest += off * off;
        if (off === 0) continue;
        const theta = (rows[q][q] - rows[p][p]) / (2 * off);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        for (const row of rows) {
          const a = row[p];
          row[p] = c * a - s * row[q];
          row[q] = s * a + c * row[q];
        }
        turn(rows[p], rows[q], c, s);
        turn(vectors[p], vectors[q], c, s);
        rows[p][q] = rows[q][p] = 0; // what the rotation is for; rounding would leave a rest
      }
    }
    if (!(Math.sqrt(rest) > 1e-15 * total)) break; // also where a value is not finite
  }
  const order = rows.map((_, i) => i).sort((a, b) => rows[b][b] - rows[a][a]);
  return { values: order.map((i) => rows[i][i]), vectors: order.map((i) => vectors[i]) };
}

/** Turns two vectors in their plane. */
function turn(v: Float64Array, w: Float64Array, c: number, s: number): void {
  for (let k = 0; k < v.length; k++) {
    const a = v[k];
    v[k] = c * a - s * w[k];
    w[k] = s * a + c * w[k];
  }
}
