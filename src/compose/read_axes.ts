import { describeValue } from "../errors/describe_value.ts";
import type { Shape } from "../tensor/shape.ts";
import { readAxis } from "../tensor/read_axis.ts";

/**
 * Axes of a tensor in ascending order, counted from 0: one, a list, or all of them where nothing is given.
 *
 * @throws {TypeError} If they are no integers, or one is named twice; RangeError if the tensor has no such axis
 */
export function readAxes(op: string, value: unknown, shape: Shape): number[] {
  if (value === undefined || value === null) return shape.map((_, axis) => axis);
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const axes = list.map((axis) => readAxis(op, axis, shape)).sort((a, b) => a - b);
  if (axes.some((axis, i) => axis === axes[i - 1])) {
    throw new TypeError(`Cannot apply ${op}: axis must name every axis once, got ${describeValue(value)}`);
  }
  return axes;
}
