import type { Numbers } from "./numbers.ts";

/** y[r, j] = (x[r, j] − m[j]) · s[j] */
export function normalizeColumns(
  Y: Numbers,
  y: number,
  X: Numbers,
  x: number,
  M: Numbers,
  m: number,
  S: Numbers,
  s: number,
  rows: number,
  width: number,
): void {
  for (; rows > 0; rows--) for (let j = 0; j < width; j++) Y[y++] = (X[x++] - M[m + j]) * S[s + j];
}
