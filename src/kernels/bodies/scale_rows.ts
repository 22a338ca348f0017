import type { Numbers } from "./numbers.ts";

/** y[r, j] = x[r, j] · s[r] */
export function scaleRows(
  Y: Numbers,
  y: number,
  X: Numbers,
  x: number,
  S: Numbers,
  s: number,
  rows: number,
  width: number,
): void {
  for (; rows > 0; rows--, s++) for (let j = 0; j < width; j++) Y[y++] = X[x++] * S[s];
}
