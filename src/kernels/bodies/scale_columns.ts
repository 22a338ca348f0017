import type { Numbers } from "./numbers.ts";

/** y[r, j] = x[r, j] · s[j] + o[j]; nothing is added where o < 0. */
export function scaleColumns(
  Y: Numbers,
  y: number,
  X: Numbers,
  x: number,
  S: Numbers,
  s: number,
  O: Numbers,
  o: number,
  rows: number,
  width: number,
): void {
  for (; rows > 0; rows--) {
    for (let j = 0; j < width; j++) Y[y++] = X[x++] * S[s + j] + (o < 0 ? 0 : O[o + j]);
  }
}
