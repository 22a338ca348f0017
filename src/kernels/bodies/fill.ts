import type { Numbers } from "./numbers.ts";

/** y[i] = value for i from 0 to n − 1. */
export function fill(Y: Numbers, y: number, value: number, n: number): void {
  Y.fill(value, y, y + n);
}
