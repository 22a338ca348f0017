import { sizeOf } from "../tensor/size_of.ts";
import { partsOf, type Symbolic } from "../tensor/symbolic.ts";
import type { Tracing } from "./tracing.ts";

/** How rows are normalised. */
export interface RowNormalization {
  /** How many of the last axes are one row. */
  readonly axes: number;
  /** Whether the mean is taken off. */
  readonly center: boolean;
  readonly epsilon: number;
  /** The weights that scale a row and are added to it. */
  readonly inputs: readonly { readonly input: "scale" | "offset"; readonly weight: string }[];
}

/** Normalises the last axes of x together, by the op `layer_norm`. */
export function normalizeRows(t: Tracing, x: Symbolic, { axes, center, epsilon, inputs }: RowNormalization): Symbolic {
  const g = t.graph;
  const width = sizeOf(x.shape.slice(-axes));
  const flatten = (tensor: Symbolic, shape: readonly number[]): Symbolic =>
    axes === 1 ? tensor : g.apply("reshape", [tensor], { shape });
  const weights = inputs.map(({ weight }) => flatten(t.weight(weight), [width]));
  const [y] = partsOf(
    g,
    g.apply("layer_norm", [flatten(x, [...x.shape.slice(0, -axes), width]), ...weights], {
      center,
      epsilon,
      inputs: inputs.map(({ input }) => input),
    }),
  );
  return flatten(y, x.shape);
}
