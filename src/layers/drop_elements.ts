import type { Symbolic } from "../tensor/symbolic.ts";
import { drawing } from "./drawing.ts";
import type { Tracing } from "./tracing.ts";

/** What is dropped. */
export interface Drop {
  readonly rate: number;
  /** A seed of the layer's own. */
  readonly seed: number | undefined;
  /** Axes along which elements are kept or dropped together. */
  readonly shared: readonly number[];
}

/** Sets elements of x to 0 with probability `rate`, and divides the others by 1 − rate. */
export function dropElements(t: Tracing, x: Symbolic, { rate, seed, shared }: Drop): Symbolic {
  return t.graph.apply("dropout", [x, t.graph.cell("step")], {
    rate,
    ...drawing(t, "dropout", seed),
    ...(shared.length === 0 ? {} : { shared }),
  });
}
