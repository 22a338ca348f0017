/**
 * The eigenvalues and eigenvectors of a symmetric matrix, in float64: Householder's reduction to three diagonals, then QL steps with
 * implicit shifts. No function is used whose last bit is the engine's choice.
 *
 * Source: Bowdler, Martin, Reinsch and Wilkinson 1968, The QR and QL algorithms for symmetric matrices (tred2 and tql2 of EISPACK).
 *
 * @param matrix [n, n], row-major; its lower triangle is read
 * @param vectors gets the eigenvectors, as columns
 * @param values gets the eigenvalues
 * @param work n numbers
 * @returns whether it converged: always, for finite numbers
 */
export function decomposeSymmetric(
  matrix: Float64Array,
  vectors: Float64Array,
  values: Float64Array,
  work: Float64Array,
): boolean {
  const n = values.length;
  // Inside, the matrix stands on its side: loops go along what are its columns in the source.
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) vectors[j * n + i] = matrix[i * n + j];
  reduce(vectors, values, work, n);
  const converges = rotate(vectors, values, work, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const other = vectors[j * n + i];
      vectors[j * n + i] = vectors[i * n + j];
      vectors[i * n + j] = other;
    }
  }
  return converges;
}

/** Makes three diagonals of a matrix: `d` the main one, `e` the one below from its second element on. `v` becomes what turns one into the other. */
function reduce(v: Float64Array, d: Float64Array, e: Float64Array, n: number): void {
  for (let j = 0; j < n; j++) d[j] = v[j * n + n - 1];
  for (let i = n - 1; i > 0; i--) {
    let scale = 0;
    let h = 0;
    for (let k = 0; k < i; k++) scale += Math.abs(d[k]);
    if (scale === 0) {
      e[i] = d[i - 1];
      for (let j = 0; j < i; j++) {
        d[j] = v[j * n + i - 1];
        v[j * n + i] = 0;
        v[i * n + j] = 0;
      }
    } else {
      for (let k = 0; k < i; k++) {
        d[k] /= scale;
        h += d[k] * d[k];
      }
      let f = d[i - 1];
      let g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h);
      e[i] = scale * g;
      h -= f * g;
      d[i - 1] = f - g;
      for (let j = 0; j < i; j++) e[j] = 0;
      for (let j = 0; j < i; j++) {
        f = d[j];
        v[i * n + j] = f;
        g = e[j] + v[j * n + j] * f;
        for (let k = j + 1; k < i; k++) {
          g += v[j * n + k] * d[k];
          e[k] += v[j * n + k] * f;
        }
        e[j] = g;
      }
      f = 0;
      for (let j = 0; j < i; j++) {
        e[j] /= h;
        f += e[j] * d[j];
      }
      const hh = f / (h + h);
      for (let j = 0; j < i; j++) e[j] -= hh * d[j];
      for (let j = 0; j < i; j++) {
        f = d[j];
        g = e[j];
        for (let k = j; k < i; k++) v[j * n + k] -= f * e[k] + g * d[k];
        d[j] = v[j * n + i - 1];
        v[j * n + i] = 0;
      }
    }
    d[i] = h;
  }
  for (let i = 0; i < n - 1; i++) {
    v[i * n + n - 1] = v[i * n + i];
    v[i * n + i] = 1;
    const h = d[i + 1];
    if (h !== 0) {
      for (let k = 0; k <= i; k++) d[k] = v[(i + 1) * n + k] / h;
      for (let j = 0; j <= i; j++) {
        let g = 0;
        for (let k = 0; k <= i; k++) g += v[(i + 1) * n + k] * v[j * n + k];
        for (let k = 0; k <= i; k++) v[j * n + k] -= g * d[k];
      }
    }
    for (let k = 0; k <= i; k++) v[(i + 1) * n + k] = 0;
  }
  for (let j = 0; j < n; j++) {
    d[j] = v[j * n + n - 1];
    v[j * n + n - 1] = 0;
  }
  v[n * n - 1] = 1;
  e[0] = 0;
}

/** How many steps one eigenvalue may take: it takes two or three. */
const MOST_STEPS = 60;

/** Turns three diagonals into one. */
function rotate(v: Float64Array, d: Float64Array, e: Float64Array, n: number): boolean {
  for (let i = 1; i < n; i++) e[i - 1] = e[i];
  e[n - 1] = 0;
  let shift = 0;
  let largest = 0;
  for (let l = 0; l < n; l++) {
    largest = Math.max(largest, Math.abs(d[l]) + Math.abs(e[l]));
    let m = l;
    while (m < n - 1 && Math.abs(e[m]) > 2 ** -52 * largest) m++;
    for (let steps = 0; m > l; steps++) {
      if (steps === MOST_STEPS) return false;
      let g = d[l];
      let p = (d[l + 1] - g) / (2 * e[l]);
      let r = Math.sqrt(p * p + 1);
      if (p < 0) r = -r;
      d[l] = e[l] / (p + r);
      d[l + 1] = e[l] * (p + r);
      const below = d[l + 1];
      let h = g - d[l];
      for (let i = l + 2; i < n; i++) d[i] -= h;
      shift += h;
      p = d[m];
      let [c, c2, c3] = [1, 1, 1];
      const after = e[l + 1];
      let [s, s2] = [0, 0];
      for (let i = m - 1; i >= l; i--) {
        c3 = c2;
        c2 = c;
        s2 = s;
        g = c * e[i];
        h = c * p;
        r = Math.sqrt(p * p + e[i] * e[i]);
        e[i + 1] = s * r;
        s = e[i] / r;
        c = p / r;
        p = c * d[i] - s * g;
        d[i + 1] = h + s * (c * g + s * d[i]);
        for (let k = i * n, next = k + n; k < i * n + n; k++, next++) {
          h = v[next];
          v[next] = s * v[k] + c * h;
          v[k] = c * v[k] - s * h;
        }
      }
      p = -s * s2 * c3 * after * e[l] / below;
      e[l] = s * p;
      d[l] = c * p;
      if (Math.abs(e[l]) <= 2 ** -52 * largest) break;
    }
    d[l] += shift;
    e[l] = 0;
  }
  return true;
}
