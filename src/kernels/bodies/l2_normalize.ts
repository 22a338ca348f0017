import type { Numbers } from "./numbers.ts";

/** y = x / √max(Σ x², 1e-12), row by row. */
export function l2Normalize(Y: Numbers, y: number, X: Numbers, x: number, rows: number, width: number): void {
  for (; rows > 0; rows--, x += width, y += width) {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += X[x + j] * X[x + j];
    for (let j = 0; j < width; j++) Y[y + j] = X[x + j] / Math.sqrt(Math.max(sum, 1e-12));
  }
}
