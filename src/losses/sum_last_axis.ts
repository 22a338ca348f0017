import type { Builder, Symbolic } from "../tensor/symbolic.ts";

/** The length of the last axis. */
export function widthOf(x: Symbolic): number {
  return x.shape[x.shape.length - 1];
}

/** scale · Σ over the last axis. One number alone is its own sum: that costs nothing. */
export function sumLastAxis(g: Builder, x: Symbolic, scale: number): Symbolic {
  if (scale === 1 && widthOf(x) === 1) return g.apply("reshape", [x], { shape: x.shape.slice(0, -1) });
  return g.apply("sum_rows", [x], { scale });
}
