import { type Builder, map, type Symbolic } from "../tensor/symbolic.ts";

/** factor · Σ f(w), with f an elementwise formula without scalars: a scalar of shape []. */
export function weightedSumOf(g: Builder, formula: "abs" | "square", w: Symbolic, factor: number): Symbolic {
  return map(g, "affine", [g.apply("sum_all", [map(g, formula, [w])])], { scale: factor, offset: 0 });
}
