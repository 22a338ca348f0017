import type { Numbers } from "./numbers.ts";

/** y[r, j] = x[j] */
export function broadcastColumns(Y: Numbers, y: number, X: Numbers, x: number, rows: number, width: number): void {
  for (; rows > 0; rows--) for (let j = 0; j < width; j++) Y[y++] = X[x + j];
}
