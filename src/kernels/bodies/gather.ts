import type { Numbers } from "./numbers.ts";

/** y[i, …] = table[index[i], …]; `missing` where there is no such row. */
export function gather(
  Y: Numbers,
  y: number,
  T: Numbers,
  t: number,
  I: Numbers,
  i: number,
  missing: number,
  count: number,
  rows: number,
  width: number,
): void {
  for (; count > 0; count--) {
    const index = I[i++];
    const isRow = index >= 0 && index < rows && index % 1 === 0;
    for (let j = 0; j < width; j++) Y[y++] = isRow ? T[t + index * width + j] : missing;
  }
}
