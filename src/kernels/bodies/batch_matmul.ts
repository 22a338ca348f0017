import type { Numbers } from "./numbers.ts";

/**
 * C = op(A) · op(B) for `count` matrices that follow each other: C [m, n]; A [m, k], or [k, m] with transposeA; B [k, n], or [n, k] with
 * transposeB. Every element is one chain over ascending k, in C itself. There is no use for working memory.
 */
export function batchMatmul(
  C: Numbers,
  c: number,
  A: Numbers,
  a: number,
  B: Numbers,
  b: number,
  _strips: Numbers,
  _strip: number,
  _panels: Numbers,
  _panel: number,
  count: number,
  m: number,
  n: number,
  k: number,
  transposeA: number,
  transposeB: number,
): void {
  const [rowA, stepA] = transposeA ? [1, m] : [k, 1];
  const [columnB, stepB] = transposeB ? [k, 1] : [1, n];
  for (; count > 0; count--, a += m * k, b += k * n) {
    for (let i = 0; i < m; i++, c += n) {
      for (let j = 0; j < n; j++) C[c + j] = 0;
      for (let p = 0; p < k; p++) {
        const x = A[a + i * rowA + p * stepA];
        for (let j = 0; j < n; j++) C[c + j] += x * B[b + p * stepB + j * columnB];
      }
    }
  }
}
