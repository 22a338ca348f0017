/** JavaScript text of the calls that are not elementwise, for `toModule`. Every array comes with its offset; `h` is the arena. */
export const rowFunctions: Readonly<Record<string, string>> = {
  matmul: `function matmul(C, c, A, a, B, b, D, d, m, n, k, low) {
  for (let i = 0; i < m; i++, a += k, c += n) {
    const sums = new Float64Array(n);
    for (let j = 0; j < n; j++) sums[j] = D ? D[d + j] : 0;
    for (let p = 0, q = b; p < k; p++) for (let j = 0, x = A[a + p]; j < n; j++) sums[j] += x * B[q++];
    for (let j = 0; j < n; j++) C[c + j] = sums[j] < low ? low : sums[j];
  }
}`,
  softmax: `function softmax(Y, y, X, x, rows, width) {
  for (; rows > 0; rows--, x += width, y += width) {
    const e = Array.from(X.subarray(x, x + width)), top = e.reduce((a, b) => Math.max(a, b));
    let sum = 0;
    for (let j = 0; j < width; j++) sum += e[j] = Math.exp(e[j] - top);
    for (let j = 0; j < width; j++) Y[y + j] = e[j] / sum;
  }
}`,
  log_softmax: `function log_softmax(Y, y, X, x, rows, width) {
  for (; rows > 0; rows--, x += width, y += width) {
    const e = Array.from(X.subarray(x, x + width)), top = e.reduce((a, b) => Math.max(a, b));
    let sum = 0;
    for (let j = 0; j < width; j++) sum += Math.exp(e[j] - top);
    for (let j = 0; j < width; j++) Y[y + j] = e[j] - top - Math.log(sum);
  }
}`,
  scale_columns: `function scale_columns(Y, y, X, x, S, s, O, o, rows, width) {
  for (let i = 0; i < rows * width; i++) Y[y + i] = X[x + i] * S[s + i % width] + (O ? O[o + i % width] : 0);
}`,
  normalize_columns: `function normalize_columns(Y, y, X, x, M, m, S, s, rows, width) {
  for (let i = 0; i < rows * width; i++) Y[y + i] = (X[x + i] - M[m + i % width]) * S[s + i % width];
}`,
  normalize_columns_offset: `function normalize_columns_offset(Y, y, X, x, M, m, S, s, O, o, rows, width) {
  for (let i = 0; i < rows * width; i++) Y[y + i] = (X[x + i] - M[m + i % width]) * S[s + i % width] + O[o + i % width];
}`,
  scale_rows: `function scale_rows(Y, y, X, x, S, s, rows, width) {
  for (let i = 0; i < rows * width; i++) Y[y + i] = X[x + i] * S[s + Math.floor(i / width)];
}`,
  sum_rows: `function sum_rows(Y, y, X, x, scale, rows, width) {
  for (let r = 0; r < rows; r++, x += width) Y[y + r] = scale * X.subarray(x, x + width).reduce((a, b) => a + b, 0);
}`,
  max_rows: `function max_rows(Y, y, X, x, rows, width) {
  for (let r = 0; r < rows; r++, x += width) Y[y + r] = X.subarray(x, x + width).reduce((a, b) => Math.max(a, b), -Infinity);
}`,
  l2_normalize: `function l2_normalize(Y, y, X, x, rows, width) {
  for (let r = 0; r < rows; r++, x += width, y += width) {
    const norm = Math.sqrt(Math.max(X.subarray(x, x + width).reduce((a, b) => a + b * b, 0), 1e-12));
    for (let j = 0; j < width; j++) Y[y + j] = X[x + j] / norm;
  }
}`,
};
