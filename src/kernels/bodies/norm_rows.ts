import type { Numbers } from "./numbers.ts";

/** y[r] = √Σ x[r, …]² */
export function normRows(Y: Numbers, y: number, X: Numbers, x: number, rows: number, width: number): void {
  for (; rows > 0; rows--, x += width) {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += X[x + j] * X[x + j];
    Y[y++] = Math.sqrt(sum);
  }
}
