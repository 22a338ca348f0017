import type { Numbers } from "./numbers.ts";

/** y[r] = max x[r, …]; NaN if one is. */
export function maxRows(Y: Numbers, y: number, X: Numbers, x: number, rows: number, width: number): void {
  for (; rows > 0; rows--, x += width) {
    let top = -Infinity;
    for (let j = 0; j < width; j++) top = Math.max(top, X[x + j]);
    Y[y++] = top;
  }
}
