/**
 * Moving elements: other shapes, other orders, cutting out, joining, repeating. Values stay exact. Axes may be negative, then they count from the
 * end.
 *
 * @module
 */
import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { describeValue } from "../errors/describe_value.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { readAxis } from "../tensor/read_axis.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { transposed } from "../tensor/transposed.ts";
import { broadcastShape } from "./broadcast_shape.ts";
import { broadcastTo as repeatTo } from "./broadcast_to.ts";
import { checkTensor } from "./check_tensor.ts";
import { readAxes } from "./read_axes.ts";
import { reshaped } from "./reshaped.ts";

/** The option of an op that works along an axis. */
export interface AxisOptions {
  /** The axis, negative ones counted from the end. */
  readonly axis?: number;
}

/** Options of `pad`. */
export interface PadOptions {
  /** What the border is filled with. Default 0. */
  readonly value?: number;
}

function checkTensors(op: string, given: unknown): Symbolic[] {
  if (Array.isArray(given) && given.length > 0) return given.map((x, i) => checkTensor(op, `tensor ${i}`, x));
  throw new TypeError(
    `Cannot apply ${op}: it takes an array of at least one tensor, got ${describeValue(given)}`,
  );
}

/** One integer an axis. */
function checkEach(op: string, name: string, value: unknown, x: Symbolic, min: number): number[] {
  const rank = x.shape.length;
  if (Array.isArray(value) && value.length === rank) {
    return value.map((v) => checkInteger(`apply ${op}`, name, v, { min }));
  }
  throw new TypeError(
    `Cannot apply ${op}: ${name} must be an array of ${rank} integers, one an axis of ${formatShape(x.shape)}, got ${
      describeValue(value)
    }`,
  );
}

function readAxisOption(op: string, options: AxisOptions | undefined, shape: Shape, fallback: number): number {
  checkOptions(`apply ${op}`, options, ["axis"]);
  return readAxis(op, options?.axis ?? fallback, shape);
}

/**
 * The same elements under another shape, in which one length may be −1: as many as are left.
 *
 * Shapes: y has `shape`. Gradient: dx = dy under the shape of x.
 *
 * @throws {TypeError} If the number of elements would change
 */
export function reshape(x: Symbolic, shape: Shape): Symbolic {
  const given = checkTensor("reshape", "x", x);
  const isLength = (length: unknown): boolean => Number.isSafeInteger(length) && Number(length) >= -1;
  if (!Array.isArray(shape) || !shape.every(isLength) || shape.filter((length) => length === -1).length > 1) {
    throw new TypeError(
      `Cannot apply reshape: shape must be an array of integers >= 0, one of which may be -1, got ${
        describeValue(shape)
      }`,
    );
  }
  const known = sizeOf(shape.filter((length) => length !== -1));
  const rest = known === 0 ? 0 : sizeOf(given.shape) / known;
  const wanted = shape.map((length) => length === -1 ? rest : length);
  if (wanted.every(Number.isInteger) && sizeOf(wanted) === sizeOf(given.shape)) return reshaped(given, wanted);
  throw new TypeError(
    `Cannot apply reshape: the number of elements must stay, got ${formatShape(given.shape)} and ${formatShape(shape)}`,
  );
}

/**
 * The axes in another order: axis k of y is axis axes[k] of x. Without `axes` the order is turned round.
 *
 * Shapes: y has shape[k] = x.shape[axes[k]]. Gradient: dx is dy with the axes back in their places.
 */
export function transpose(x: Symbolic, axes?: readonly number[]): Symbolic {
  const given = checkTensor("transpose", "x", x);
  const rank = given.shape.length;
  const order = axes === undefined ? [...given.shape.keys()].reverse() : axes;
  const isAll = Array.isArray(order) && order.length === rank;
  const settled = isAll ? order.map((axis) => readAxis("transpose", axis, given.shape, "axes")) : [];
  if (!isAll || new Set(settled).size !== rank) {
    throw new TypeError(
      `Cannot apply transpose: axes must hold every axis of ${formatShape(given.shape)} once, got ${
        describeValue(axes)
      }`,
    );
  }
  return transposed(given, settled);
}

/**
 * An axis of length 1 more, at the place `axis` of the result.
 *
 * Shapes: x with a 1 put in. Gradient: dx = dy under the shape of x.
 */
export function expandDims(x: Symbolic, axis: number): Symbolic {
  const given = checkTensor("expandDims", "x", x);
  const place = readAxis("expandDims", axis, [...given.shape, 1]);
  return reshaped(given, [...given.shape.slice(0, place), 1, ...given.shape.slice(place)]);
}

/**
 * Axes of length 1 less: those given, or all of them.
 *
 * Shapes: x without those axes. Gradient: dx = dy under the shape of x.
 *
 * @throws {TypeError} If an axis that was named is longer
 */
export function squeeze(x: Symbolic, axis?: number | readonly number[]): Symbolic {
  const given = checkTensor("squeeze", "x", x);
  const { shape } = given;
  const named = axis === undefined ? [...shape.keys()].filter((k) => shape[k] === 1) : readAxes("squeeze", axis, shape);
  const long = named.find((k) => shape[k] !== 1);
  if (long === undefined) return reshaped(given, shape.filter((_, k) => !named.includes(k)));
  throw new TypeError(`Cannot apply squeeze: axes must have length 1, got axis ${long} of ${formatShape(shape)}`);
}

/**
 * A tensor repeated to a shape, as NumPy broadcasts: along axes of length 1, and along new axes in front.
 *
 * Shapes: y has `shape`. Gradient: dx is the sum of dy over what was repeated.
 */
export function broadcastTo(x: Symbolic, shape: Shape): Symbolic {
  const given = checkTensor("broadcastTo", "x", x);
  const wanted = Array.isArray(shape)
    ? shape.map((v) => checkInteger("apply broadcastTo", "shape", v, { min: 1 }))
    : [];
  if (
    !Array.isArray(shape) || formatShape(broadcastShape("broadcastTo", [given.shape, wanted])) !== formatShape(wanted)
  ) {
    throw new TypeError(
      `Cannot apply broadcastTo: shape must be one that ${formatShape(given.shape)} can be repeated to, got ${
        describeValue(shape)
      }`,
    );
  }
  return repeatTo(given, wanted);
}

/**
 * A block of a tensor: y[i, j, …] = x[start[0] + i, start[1] + j, …].
 *
 * Shapes: y has `shape`. Gradient: dx is dy in its place, 0 around it.
 */
export function slice(x: Symbolic, start: readonly number[], shape: Shape): Symbolic {
  const given = checkTensor("slice", "x", x);
  const begin = checkEach("slice", "start", start, given, 0);
  const size = checkEach("slice", "shape", shape, given, 1);
  return size.every((length, k) => length === given.shape[k] && begin[k] === 0)
    ? given
    : given.graph.apply("slice", [given], { begin, size });
}

/**
 * The parts of a tensor along an axis, the first one unless given: as many equal ones as `parts` says, or those between the indices that it
 * lists.
 *
 * Shapes: x, shorter along the axis. Gradient: dx is the parts' gradients, joined.
 *
 * @throws {RangeError} If the axis cannot be cut into equal parts, or the indices do not ascend within it
 */
export function split(x: Symbolic, parts: number | readonly number[], options?: AxisOptions): Symbolic[] {
  const given = checkTensor("split", "x", x);
  const axis = readAxisOption("split", options, given.shape, 0);
  const length = given.shape[axis];
  let cuts: number[];
  if (Array.isArray(parts)) {
    cuts = [0, ...parts.map((v) => checkInteger("apply split", "parts", v, { min: 1, max: length - 1 })), length];
    if (cuts.some((cut, i) => i > 0 && cut <= cuts[i - 1])) {
      throw new RangeError(`Cannot apply split: the indices of parts must ascend, got ${describeValue(parts)}`);
    }
  } else {
    const count = checkInteger("apply split", "parts", parts, { min: 1 });
    if (length % count !== 0) {
      throw new RangeError(`Cannot apply split: parts must divide the length ${length} of axis ${axis}, got ${count}`);
    }
    cuts = Array.from({ length: count + 1 }, (_, i) => i * length / count);
  }
  return cuts.slice(1).map((end, i) =>
    slice(
      given,
      given.shape.map((_, k) => k === axis ? cuts[i] : 0),
      given.shape.map((each, k) => k === axis ? end - cuts[i] : each),
    )
  );
}

/**
 * Tensors one behind the other along an axis, the first one unless given.
 *
 * Shapes: equal but along the axis, where y is as long as all of them. Gradient: dy, cut where they were joined.
 */
export function concatenate(tensors: readonly Symbolic[], options?: AxisOptions): Symbolic {
  const list = checkTensors("concatenate", tensors);
  const axis = readAxisOption("concatenate", options, list[0].shape, 0);
  return list.length === 1 ? list[0] : list[0].graph.apply("concatenate", list, { axis });
}

/**
 * Tensors of one shape along a new axis, the first one unless given.
 *
 * Shapes: y has one axis more, as long as there are tensors. Gradient: dy, cut along that axis.
 */
export function stack(tensors: readonly Symbolic[], options?: AxisOptions): Symbolic {
  const list = checkTensors("stack", tensors);
  const axis = readAxisOption("stack", options, [...list[0].shape, 1], 0);
  return concatenate(list.map((x) => expandDims(x, axis)), { axis });
}

/**
 * A tensor with a border: `width` is [before, after] for every axis.
 *
 * Shapes: y is longer by before + after along every axis. Gradient: dx is the inner part of dy.
 */
export function pad(
  x: Symbolic,
  width: readonly (readonly [before: number, after: number])[],
  options?: PadOptions,
): Symbolic {
  const given = checkTensor("pad", "x", x);
  checkOptions("apply pad", options, ["value"]);
  const value = checkNumber("apply pad", "value", options?.value ?? 0);
  const isPair = (pair: unknown): boolean => Array.isArray(pair) && pair.length === 2;
  if (!Array.isArray(width) || width.length !== given.shape.length || !width.every(isPair)) {
    throw new TypeError(
      `Cannot apply pad: width must be [before, after] for every axis of ${formatShape(given.shape)}, got ${
        describeValue(width)
      }`,
    );
  }
  const [before, after] = [0, 1].map((end) =>
    width.map((pair) => checkInteger("apply pad", "width", pair[end], { min: 0 }))
  );
  return [...before, ...after].every((margin) => margin === 0)
    ? given
    : given.graph.apply("pad", [given], { before, after, ...(value === 0 ? {} : { value }) });
}

/**
 * Every element several times, one beside the other, along an axis; of all elements in their order, where no axis is given.
 *
 * Shapes: y is `times` times as long along the axis, or has one axis. Gradient: dx is the sum of dy over what was repeated.
 */
export function repeat(x: Symbolic, times: number, options?: AxisOptions): Symbolic {
  const given = checkTensor("repeat", "x", x);
  const count = checkInteger("apply repeat", "times", times, { min: 1 });
  const y = options?.axis === undefined ? reshaped(given, [sizeOf(given.shape)]) : given;
  const axis = readAxisOption("repeat", options, y.shape, 0);
  return count === 1 ? y : y.graph.apply("repeat", [y], { times: y.shape.map((_, k) => k === axis ? count : 1) });
}

/**
 * The whole tensor several times, one behind the other: `times` for every axis.
 *
 * Shapes: y has shape[k] = times[k] · x.shape[k]. Gradient: dx is the sum of dy over the copies.
 */
export function tile(x: Symbolic, times: readonly number[]): Symbolic {
  const given = checkTensor("tile", "x", x);
  const counts = checkEach("tile", "times", times, given, 1);
  const split = reshaped(given, given.shape.flatMap((length, k) => counts[k] === 1 ? [length] : [1, length]));
  const factors = counts.flatMap((count) => count === 1 ? [1] : [count, 1]);
  if (factors.every((factor) => factor === 1)) return given;
  const y = given.graph.apply("repeat", [split], { times: factors });
  return reshaped(y, given.shape.map((length, k) => counts[k] * length));
}

/**
 * The elements in the reverse order, along the axes given, or along all.
 *
 * Shapes: y is as x. Gradient: dx is dy, reversed.
 */
export function flip(x: Symbolic, options?: { readonly axis?: number | readonly number[] }): Symbolic {
  const given = checkTensor("flip", "x", x);
  checkOptions("apply flip", options, ["axis"]);
  const axes = readAxes("flip", options?.axis, given.shape).filter((axis) => given.shape[axis] > 1);
  return axes.length === 0 ? given : given.graph.apply("flip", [given], { axes });
}
