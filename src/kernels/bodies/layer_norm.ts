import type { Numbers } from "./numbers.ts";

/**
 * y[r, j] = (x[r, j] − μ) · i · g[j] + o[j] with i = 1 / √(σ² + epsilon), of every row; g and o are 1 and 0 where g or o is below 0, μ is 0
 * without `center`. The statistics [rows, 2] are μ and i.
 */
export function layerNorm(
  Y: Numbers,
  y: number,
  S: Numbers,
  s: number,
  X: Numbers,
  x: number,
  G: Numbers,
  g: number,
  O: Numbers,
  o: number,
  rows: number,
  width: number,
  epsilon: number,
  center: number,
): void {
  for (; rows > 0; rows--, x += width, y += width) {
    let mean = 0, variance = 0;
    if (center) { for (let j = 0; j < width; j++) mean += X[x + j] / width; }
    for (let j = 0; j < width; j++) variance += (X[x + j] - mean) ** 2 / width;
    const inverse = 1 / Math.sqrt(variance + epsilon);
    S[s++] = mean;
    S[s++] = inverse;
    for (let j = 0; j < width; j++) {
      Y[y + j] = (X[x + j] - mean) * inverse * (g < 0 ? 1 : G[g + j]) + (o < 0 ? 0 : O[o + j]);
    }
  }
}
