import { readAxis } from "./read_axis.ts";
import type { Symbolic } from "./symbolic.ts";

/**
 * Applies what works on the last axis to another one: the axis is moved to the end, and back.
 *
 * @param op what is applied, for the message
 * @param axis negative ones count from the end
 * @throws {TypeError} If the axis is no integer; RangeError if x has no such axis
 */
export function alongLast(op: string, x: Symbolic, axis: unknown, f: (x: Symbolic) => Symbolic): Symbolic {
  const found = readAxis(op, axis, x.shape);
  if (found === x.shape.length - 1) return f(x);
  const axes = [...x.shape.keys()].filter((k) => k !== found);
  axes.push(found);
  const y = f(x.graph.apply("transpose", [x], { axes }));
  return y.graph.apply("transpose", [y], { axes: axes.map((_, k) => axes.indexOf(k)) });
}
