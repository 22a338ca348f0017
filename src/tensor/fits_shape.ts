import type { OpenShape } from "./open_shape.ts";

/**
 * Whether a shape is what another one asks for: as many axes, each of the length asked for; where that is unknown, of any.
 *
 * @param from how many axes of the shape come before those that are looked at: 1 for the samples of a batch. Default 0
 */
export function fitsShape(shape: OpenShape, wanted: OpenShape, from = 0): boolean {
  if (shape.length - from !== wanted.length) return false;
  for (let axis = 0; axis < wanted.length; axis++) {
    const length = wanted[axis];
    if (length !== null && length !== shape[axis + from]) return false;
  }
  return true;
}
