import type { Symbolic } from "../tensor/symbolic.ts";
import type { Tracing } from "./tracing.ts";

/** How new pixels follow from old ones. */
export type ResizeInterpolation = "bilinear" | "nearest";

/** Gives the axes of a batch of images other lengths, one after the other. */
export function resizeImages(
  t: Tracing,
  x: Symbolic,
  axes: readonly number[],
  lengths: readonly number[],
  interpolation: ResizeInterpolation = "bilinear",
): Symbolic {
  const nearest = interpolation === "nearest";
  return axes.reduce((y, axis, i) => {
    const size = lengths[i];
    return y.shape[axis] === size ? y : t.graph.apply("interpolate", [y], { axis, size, nearest });
  }, x);
}
