import type { Numbers } from "./numbers.ts";

/** y = x − max x − ln Σ e^(x − max x), row by row. */
export function logSoftmax(Y: Numbers, y: number, X: Numbers, x: number, rows: number, width: number): void {
  for (; rows > 0; rows--, x += width, y += width) {
    let top = -Infinity, sum = 0;
    for (let j = 0; j < width; j++) top = Math.max(top, X[x + j]);
    for (let j = 0; j < width; j++) sum += Math.exp(X[x + j] - top);
    for (let j = 0; j < width; j++) Y[y + j] = X[x + j] - top - Math.log(sum);
  }
}
