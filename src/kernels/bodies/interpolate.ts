import type { Numbers } from "./numbers.ts";

/**
 * y[·, o, ·] = x[·, i, ·] + f · (x[·, i + 1, ·] − x[·, i, ·]) where o lies at i + f = (o + ½) · length / size − ½, and at the first or the
 * last position where that is beyond them; or x at the nearest position.
 */
export function interpolate(
  Y: Numbers,
  y: number,
  X: Numbers,
  x: number,
  outer: number,
  length: number,
  inner: number,
  size: number,
  isNearest: number,
): void {
  for (; outer > 0; outer--, x += length * inner) {
    for (let o = 0; o < size; o++) {
      const centre = (2 * o + 1) * length / (2 * size);
      const place = isNearest ? Math.floor(centre) : Math.max(centre - 0.5, 0);
      const i = Math.floor(place);
      const p = x + i * inner, q = x + Math.min(i + 1, length - 1) * inner;
      for (let j = 0; j < inner; j++) {
        Y[y++] = isNearest ? X[p + j] : X[p + j] + (place - i) * (X[q + j] - X[p + j]);
      }
    }
  }
}
