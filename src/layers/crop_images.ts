import type { Symbolic } from "../tensor/symbolic.ts";
import type { Tracing } from "./tracing.ts";

/** Cuts images to a window about their centre: ⌊(length − window) / 2⌋ of each axis is cut off before it. */
export function cropImages(
  t: Tracing,
  x: Symbolic,
  axes: readonly number[],
  lengths: readonly number[],
): Symbolic {
  const begin = x.shape.map(() => 0);
  const size = [...x.shape];
  axes.forEach((axis, i) => {
    begin[axis] = Math.floor((size[axis] - lengths[i]) / 2);
    size[axis] = lengths[i];
  });
  return t.ops.slice(x, begin, size);
}
