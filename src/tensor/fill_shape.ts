import type { OpenShape } from "./open_shape.ts";
import type { Shape } from "./shape.ts";

/** The shape with `length` for every axis of unknown length. */
export function fillShape(shape: OpenShape, length: number): Shape {
  return shape.map((known) => known ?? length);
}
