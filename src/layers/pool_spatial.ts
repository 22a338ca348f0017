import type { Symbolic } from "../tensor/symbolic.ts";
import type { Tracing } from "./tracing.ts";
import { withChannelsLast } from "./with_channels_last.ts";

/**
 * Windows along the spatial axes: their sizes, how far they are apart, and how many elements lie outside before and behind, two numbers an axis; or
 * their numbers alone, where they share the axes.
 */
export type SpatialWindows =
  | { readonly window: readonly number[]; readonly strides: readonly number[]; readonly pads: readonly number[] }
  | { readonly output: readonly number[] };

/**
 * Pools steps, or height and width, of samples that have them: [batch, steps, features] or [batch, height, width, channels], or the same with
 * channels before the others.
 *
 * @param windowsOf the windows along axes of such lengths
 */
export function poolSpatial(
  t: Tracing,
  op: "max_pool" | "average_pool",
  x: Symbolic,
  dataFormat: "channels_last" | "channels_first",
  windowsOf: (lengths: readonly number[]) => SpatialWindows,
): Symbolic {
  return withChannelsLast(t, x, dataFormat, (last) => {
    const { shape } = last;
    const windows = windowsOf(shape.slice(1, -1));
    if (shape.length === 4) return t.graph.apply(op, [last], windows);
    // A sequence is an image of one row.
    const [batch, steps, features] = shape;
    const image = t.ops.reshape(last, [batch, 1, steps, features]);
    const y = t.graph.apply(
      op,
      [image],
      "output" in windows ? { output: [1, ...windows.output] } : {
        window: [1, ...windows.window],
        strides: [1, ...windows.strides],
        pads: [0, 0, ...windows.pads],
      },
    );
    return t.ops.reshape(y, [batch, y.shape[2], features]);
  });
}
