import type { Numbers } from "./numbers.ts";

/** y[r, j] = scale · x[r] */
export function broadcastRows(
  Y: Numbers,
  y: number,
  X: Numbers,
  x: number,
  scale: number,
  rows: number,
  width: number,
): void {
  for (; rows > 0; rows--, x++) for (let j = 0; j < width; j++) Y[y++] = scale * X[x];
}
