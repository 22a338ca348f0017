import { moveLast } from "./move_last.ts";
import { readAxis } from "./read_axis.ts";
import type { Symbolic } from "./symbolic.ts";
import { transposed } from "./transposed.ts";

/**
 * Applies what works on the last axis to another one: the axis is moved to the end, and back.
 *
 * @param op what is applied, for the message
 * @param axis negative ones count from the end
 * @throws {TypeError} If the axis is no integer; RangeError if x has no such axis
 */
export function alongLast(op: string, x: Symbolic, axis: unknown, f: (x: Symbolic) => Symbolic): Symbolic {
  const found = readAxis(op, axis, x.shape);
  const last = x.shape.length - 1;
  const back = [...x.shape.keys()].map((k) => k < found ? k : k === found ? last : k - 1);
  return transposed(f(moveLast(x, found)), back);
}
