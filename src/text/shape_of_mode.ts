import type { OpenShape } from "../tensor/open_shape.ts";
import type { OutputMode } from "./output_mode.ts";

/** The shape of what a mode makes of indices in the shape of a sample, with vectors of `depth` elements. */
export function shapeOfMode(mode: OutputMode, sample: OpenShape, depth: () => number): OpenShape {
  if (mode === "int") return sample;
  if (mode === "one_hot" && sample.length > 0 && sample.at(-1) !== 1) return [...sample, depth()];
  return [...sample.slice(0, -1), depth()];
}
