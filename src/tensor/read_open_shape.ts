import type { OpenShape } from "./open_shape.ts";

/** A shape with null for the lengths that are unknown, also for those that a layer's `build` sees as NaN. */
export function readOpenShape(shape: OpenShape): OpenShape {
  return shape.map((length) => Number.isNaN(length) ? null : length);
}
