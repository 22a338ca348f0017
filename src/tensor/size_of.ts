import type { Shape } from "./shape.ts";

/**
 * The number of elements of a tensor: the product of the lengths of its axes, 1 for `[]`.
 *
 * @param shape The shape.
 * @returns The number of elements.
 */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (let axis = 0; axis < shape.length; axis++) size *= shape[axis];
  return size;
}
