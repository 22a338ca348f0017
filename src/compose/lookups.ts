/**
 * Looking up by number, and the numbers of what is found. Numbers are integers held as float32, exact up to 2^24.
 *
 * @module
 */
import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkOptions } from "../errors/check_options.ts";
import { readAxis } from "../tensor/read_axis.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { transposed } from "../tensor/transposed.ts";
import { multiply } from "./arithmetic.ts";
import { checkTensor } from "./check_tensor.ts";
import { equal, where } from "./comparisons.ts";
import type { AxisOptions } from "./moves.ts";
import { max, min } from "./reductions.ts";
import { reshaped } from "./reshaped.ts";

/**
 * The parts of x at the indices, along an axis; of all elements in their order, where no axis is given. Where an index is none of the axis, 0 to
 * its length − 1, they are NaN.
 *
 * Shapes: y has the shape of the indices in place of the axis. Gradient: dx is the sum of dy over the places that each part went to, in their
 * order; none for the indices.
 */
export function take(x: Symbolic, indices: Symbolic, options?: AxisOptions): Symbolic {
  const given = checkTensor("take", "x", x);
  const places = checkTensor("take", "indices", indices);
  checkOptions("apply take", options, ["axis"]);
  if (options?.axis === undefined) {
    return given.graph.apply("gather", [reshaped(given, [sizeOf(given.shape)]), places]);
  }
  const { graph, shape } = given;
  const axis = readAxis("take", options.axis, shape);
  if (axis === 0) return graph.apply("gather", [given, places]);
  const others = [...shape.keys()].filter((k) => k !== axis);
  const y = graph.apply("gather", [transposed(given, [axis, ...others]), places]);
  // From [indices, before, behind] to [before, indices, behind].
  const found = places.shape.length;
  const before = Array.from({ length: axis }, (_, k) => found + k);
  const inside = Array.from({ length: found }, (_, k) => k);
  const behind = Array.from({ length: shape.length - 1 - axis }, (_, k) => found + axis + k);
  return transposed(y, [...before, ...inside, ...behind]);
}

/**
 * 1 where the last axis has the number that the index says, else 0; zeros for an index that is none of 0 to numClasses − 1.
 *
 * Shapes: indices [...] → y [..., numClasses]. Gradient: none.
 */
export function oneHot(indices: Symbolic, numClasses: number): Symbolic {
  const given = checkTensor("oneHot", "indices", indices);
  const length = checkInteger("apply oneHot", "numClasses", numClasses, { min: 1 });
  return equal(reshaped(given, [...given.shape, 1]), given.graph.apply("range", [], { length }));
}

/** Options of `argmax` and `argmin`. */
export interface ArgOptions {
  /** The axis, negative ones counted from the end. Default: all elements in their order. */
  readonly axis?: number;
  /** Whether the axis stays, with length 1. Default false. */
  readonly keepdims?: boolean;
}

/**
 * The number of the largest x along an axis, of the first one where several are; of all elements in their order, where no axis is given. With NaN
 * among them it is how many there are.
 *
 * Shapes: x without the axis. Gradient: none.
 */
export function argmax(x: Symbolic, options?: ArgOptions): Symbolic {
  return findLargest("argmax", checkTensor("argmax", "x", x), options);
}

/**
 * The number of the smallest x along an axis, of the first one where several are; of all elements in their order, where no axis is given. With NaN
 * among them it is how many there are.
 *
 * Shapes: x without the axis. Gradient: none.
 */
export function argmin(x: Symbolic, options?: ArgOptions): Symbolic {
  return findLargest("argmin", multiply(checkTensor("argmin", "x", x), -1), options);
}

function findLargest(op: string, x: Symbolic, options: ArgOptions | undefined): Symbolic {
  checkOptions(`apply ${op}`, options, ["axis", "keepdims"]);
  const keepdims = checkBoolean(`apply ${op}`, "keepdims", options?.keepdims ?? false);
  const isFlat = options?.axis === undefined;
  const y = isFlat ? reshaped(x, [sizeOf(x.shape)]) : x;
  const axis = isFlat ? 0 : readAxis(op, options.axis, x.shape);
  const length = y.shape[axis];
  const numbers = reshaped(
    x.graph.apply("range", [], { length }),
    y.shape.slice(axis).map((_, k) => k === 0 ? length : 1),
  );
  const isLargest = equal(y, max(y, { axis, keepdims: true }));
  const found = min(where(isLargest, numbers, length), { axis, keepdims: keepdims && !isFlat });
  return isFlat && keepdims ? reshaped(found, x.shape.map(() => 1)) : found;
}
