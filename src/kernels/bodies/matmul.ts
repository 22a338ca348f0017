import type { Numbers } from "./numbers.ts";

/**
 * C = max(A · B + bias, low): C [m, n], A [m, k], B [k, n]; the bias [n] is D, none where d < 0.
 *
 * Every element is one chain over ascending k, in C itself: with C in float32 it is rounded at each step, as a fused multiply-add does.
 */
export function matmul(
  C: Numbers,
  c: number,
  A: Numbers,
  a: number,
  B: Numbers,
  b: number,
  D: Numbers,
  d: number,
  low: number,
  m: number,
  n: number,
  k: number,
): void {
  for (; m > 0; m--, a += k, c += n) {
    for (let j = 0; j < n; j++) C[c + j] = d < 0 ? 0 : D[d + j];
    for (let p = 0, q = b; p < k; p++) {
      const x = A[a + p];
      for (let j = 0; j < n; j++) C[c + j] += x * B[q++];
    }
    for (let j = 0; j < n; j++) if (C[c + j] < low) C[c + j] = low;
  }
}
