import type { Builder, Symbolic } from "../tensor/symbolic.ts";

/** The length of the last axis. */
export function widthOf(x: Symbolic): number {
  return x.shape[x.shape.length - 1];
}

/** scale · Σ over the last axis. */
export function sumLastAxis(g: Builder, x: Symbolic, scale: number): Symbolic {
  return g.apply("sum_rows", [x], { scale });
}
