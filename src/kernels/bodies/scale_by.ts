import type { Numbers } from "./numbers.ts";

/** y[i] = x[i] · s[0] */
export function scaleBy(Y: Numbers, y: number, X: Numbers, x: number, S: Numbers, s: number, n: number): void {
  for (; n > 0; n--) Y[y++] = X[x++] * S[s];
}
