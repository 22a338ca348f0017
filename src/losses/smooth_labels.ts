import { type Builder, map, type Symbolic } from "../tensor/symbolic.ts";

/** Labels drawn towards a uniform distribution over `classes`: t · (1 − smoothing) + smoothing / classes. */
export function smoothLabels(g: Builder, t: Symbolic, smoothing: number, classes: number): Symbolic {
  return smoothing === 0 ? t : map(g, "affine", [t], { scale: 1 - smoothing, offset: smoothing / classes });
}
