import type { Numbers } from "./numbers.ts";

/**
 * y[y0 + Σ i[k] · ys[k]] += x[x0 + Σ i[k] · xs[k]] for all i[k] from 0 to n[k] − 1, k from 0 to 5, in ascending
 * order.
 */
export function stridedAdd(
  Y: Numbers,
  y: number,
  X: Numbers,
  x: number,
  y0: number,
  x0: number,
  n0: number,
  n1: number,
  n2: number,
  n3: number,
  n4: number,
  n5: number,
  ys0: number,
  ys1: number,
  ys2: number,
  ys3: number,
  ys4: number,
  ys5: number,
  xs0: number,
  xs1: number,
  xs2: number,
  xs3: number,
  xs4: number,
  xs5: number,
): void {
  y += y0, x += x0;
  for (let i = 0; i < n0; i++) {
    for (let j = 0; j < n1; j++) {
      for (let k = 0; k < n2; k++) {
        for (let l = 0; l < n3; l++) {
          for (let m = 0; m < n4; m++) {
            let p = y + i * ys0 + j * ys1 + k * ys2 + l * ys3 + m * ys4;
            let q = x + i * xs0 + j * xs1 + k * xs2 + l * xs3 + m * xs4;
            for (let n = n5; n > 0; n--, p += ys5, q += xs5) Y[p] += X[q];
          }
        }
      }
    }
  }
}
