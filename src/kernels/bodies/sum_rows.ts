import type { Numbers } from "./numbers.ts";

/** y[r] = scale · Σ x[r, …] */
export function sumRows(
  Y: Numbers,
  y: number,
  X: Numbers,
  x: number,
  scale: number,
  rows: number,
  width: number,
): void {
  for (; rows > 0; rows--, x += width) {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += X[x + j];
    Y[y++] = sum * scale;
  }
}
