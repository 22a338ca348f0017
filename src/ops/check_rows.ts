import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";

/**
 * Checks that a shape has rows to work on: at least one axis, and a last axis that is not empty.
 *
 * @throws TypeError where it has not
 */
export function checkRows(op: string, shape: Shape): void {
  if (shape.length > 0 && shape[shape.length - 1] > 0) return;
  throw new TypeError(`Cannot apply ${op}: the last axis must exist and have elements, got ${formatShape(shape)}`);
}
