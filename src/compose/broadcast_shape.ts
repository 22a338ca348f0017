import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";

/**
 * The common shape of tensors, as in NumPy: shapes are aligned at their last axes, and an axis of length 1, or one that is not there, is
 * repeated.
 *
 * @throws {TypeError} `Cannot apply add: shapes must go together, got [4, 3] and [4]`
 */
export function broadcastShape(op: string, shapes: readonly Shape[]): Shape {
  const rank = shapes.reduce((most, shape) => Math.max(most, shape.length), 0);
  const lengthOf = (shape: Shape, axis: number): number => shape[axis - rank + shape.length] ?? 1;
  return Array.from({ length: rank }, (_, axis) => {
    const lengths = shapes.map((shape) => lengthOf(shape, axis));
    const length = lengths.find((each) => each !== 1) ?? 1;
    if (lengths.every((each) => each === 1 || each === length)) return length;
    throw new TypeError(
      `Cannot apply ${op}: shapes must go together, axis by axis from the last (equal, or 1), got ${
        shapes.map(formatShape).join(" and ")
      }`,
    );
  });
}
