import type { Symbolic } from "./symbolic.ts";
import { transposed } from "./transposed.ts";

/** A tensor with one axis, counted from 0, moved to the end. */
export function moveLast(x: Symbolic, axis: number): Symbolic {
  return transposed(x, [...[...x.shape.keys()].filter((k) => k !== axis), axis]);
}
