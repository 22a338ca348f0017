import { map, type Symbolic } from "../tensor/symbolic.ts";
import { drawing } from "./drawing.ts";
import type { Range } from "./read_factor.ts";
import type { Tracing } from "./tracing.ts";

/**
 * Draws numbers for every sample, uniformly: lower + (upper − lower) · u with u from 0 to below 1. One tensor [samples, 1] for each range; u of
 * sample i and range j is element i · ranges + j of the call's random numbers.
 */
export function drawBetween(
  t: Tracing,
  samples: number,
  ranges: readonly Range[],
  seed: number | undefined,
): Symbolic[] {
  const shape = [samples, ranges.length];
  const drawn = t.graph.apply("uniform", [t.graph.cell("step")], { shape, ...drawing(t, "augment", seed) });
  return ranges.map(([lower, upper], j) =>
    map(t.graph, "affine", [t.ops.slice(drawn, [0, j], [samples, 1])], { scale: upper - lower, offset: lower })
  );
}
