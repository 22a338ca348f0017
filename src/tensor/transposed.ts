import type { Symbolic } from "./symbolic.ts";

/**
 * A tensor with its axes in another order: axis k of the result is axis axes[k] of x. What is transposed already is transposed once, and not at all
 * where the axes come back to their places.
 *
 * @param axes every axis once, counted from 0
 */
export function transposed(x: Symbolic, axes: readonly number[]): Symbolic {
  if (axes.every((axis, k) => axis === k)) return x;
  if (x.op !== "transpose") return x.graph.apply("transpose", [x], { axes });
  const before = x.attributes.axes as readonly number[];
  return transposed(x.inputs[0], axes.map((axis) => before[axis]));
}
