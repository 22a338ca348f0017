import type { OpenShape } from "./open_shape.ts";
import type { Shape } from "./shape.ts";

/** Whether the lengths of all axes are known. */
export function isKnown(shape: OpenShape): shape is Shape {
  return !shape.includes(null);
}
