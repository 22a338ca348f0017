import { describeValue } from "../errors/describe_value.ts";
import { formatShape } from "./format_shape.ts";
import type { Shape } from "./shape.ts";

/**
 * An axis of a tensor, counted from 0: negative ones count from the end.
 *
 * @throws {TypeError} If it is not an integer; RangeError if the tensor has no such axis:
 *   `Cannot apply sum: axis must be from -2 to 1 for shape [4, 3], got 2`
 */
export function readAxis(op: string, value: unknown, shape: Shape, name = "axis"): number {
  const rank = shape.length;
  if (!Number.isSafeInteger(value)) {
    throw new TypeError(`Cannot apply ${op}: ${name} must be an integer, got ${describeValue(value)}`);
  }
  const axis = value as number;
  if (axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis;
  throw new RangeError(
    `Cannot apply ${op}: ${name} must be ${rank === 0 ? "left out" : `from ${-rank} to ${rank - 1}`} for shape ${
      formatShape(shape)
    }, got ${axis}`,
  );
}
