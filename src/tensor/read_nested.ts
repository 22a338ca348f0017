import { describeValue } from "../errors/describe_value.ts";
import { isTypedArray } from "./is_typed_array.ts";
import { hintAtLengths } from "./hint_at_lengths.ts";
import type { OpenShape } from "./open_shape.ts";
import type { Shape } from "./shape.ts";
import { sizeOf } from "./size_of.ts";
import { takeNumbers } from "./take_numbers.ts";
import type { TypedArray } from "./tensor_input.ts";

/** More levels of nesting than this are taken for a mistake (or for an array that contains itself). */
const DEEPEST = 16;

/**
 * Reads nested arrays into float32 numbers in row-major order, with their shape.
 *
 * @param input Arrays of arrays … of numbers; booleans count as 0 and 1, the innermost may be typed arrays.
 * @param name What the data are called in errors: `x`.
 * @param sample The shape of one sample, where nobody gets to see the array of numbers: then it may be a part of a larger one.
 * @returns The numbers and their shape.
 * @throws {TypeError} If an array is empty, lengths differ (`x[3] has 2 numbers, but x[0] has 3`), or something is no
 *   number (`x[1][0] must be a number, got "a"`).
 */
export function readNested(
  input: readonly unknown[],
  name: string,
  sample?: OpenShape,
): { data: Float32Array; shape: Shape } {
  const shape: number[] = [];
  for (let level: unknown = input; Array.isArray(level) || isTypedArray(level, name); level = level[0]) {
    if (level.length === 0) {
      const needs = "but needs at least one number";
      throw new TypeError(`Cannot read ${name}: ${name}${"[0]".repeat(shape.length)} is empty, ${needs}`);
    }
    shape.push(level.length);
    if (shape.length > DEEPEST) {
      throw new TypeError(`Cannot read ${name}: more than ${DEEPEST} levels of nested arrays`);
    }
  }
  // All lengths are checked before anything is allocated, so that the size is that of numbers that really are there.
  if (shape.length > 1) checkLengths(input, shape, 0, name, { name, hint: hintAtLengths(sample) });
  const size = sizeOf(shape);
  const data = sample !== undefined ? takeNumbers(size) : new Float32Array(size);
  fill(data, input, shape, 0, 0, name);
  return { data, shape };
}

/** What the data are called in errors, and what these add where lengths differ. */
interface Wording {
  readonly name: string;
  readonly hint: string;
}

function checkLengths(level: readonly unknown[], shape: Shape, axis: number, path: string, words: Wording): void {
  const { name } = words;
  const wanted = shape[axis + 1];
  const deeper = axis + 2 < shape.length;
  // The length that is wanted is that along the first of everything; the nearest place that has it is named.
  const first = (i: number): string => i === 0 ? name + "[0]".repeat(axis + 1) : `${path}[0]`;
  for (let i = 0; i < level.length; i++) {
    const item = level[i];
    if (Array.isArray(item)) {
      if (item.length !== wanted) throw raggedError(item.length, wanted, deeper, `${path}[${i}]`, first(i), words);
      if (deeper) checkLengths(item, shape, axis + 1, `${path}[${i}]`, words);
    } else if (isTypedArray(item, name)) {
      if (deeper) throw new TypeError(`Cannot read ${name}: ${path}[${i}] is nested less deeply than ${first(i)}`);
      if (item.length !== wanted) throw raggedError(item.length, wanted, deeper, `${path}[${i}]`, first(i), words);
    } else {
      const rule = `${path}[${i}] must be an array as ${first(i)} is`;
      throw new TypeError(`Cannot read ${name}: ${rule}, got ${describeValue(item)}`);
    }
  }
}

function raggedError(
  found: number,
  wanted: number,
  deeper: boolean,
  place: string,
  first: string,
  { name, hint }: Wording,
): TypeError {
  const noun = `${deeper ? "row" : "number"}${found === 1 ? "" : "s"}`;
  return new TypeError(`Cannot read ${name}: ${place} has ${found} ${noun}, but ${first} has ${wanted}${hint}`);
}

/** Fills one level; returns the offset behind it. */
function fill(
  data: Float32Array,
  level: readonly unknown[],
  shape: Shape,
  axis: number,
  offset: number,
  name: string,
): number {
  if (axis + 1 === shape.length) return fillRow(data, level, shape, offset, name);
  const deeper = axis + 2 < shape.length;
  for (let i = 0; i < level.length; i++) {
    const item = level[i];
    if (deeper) offset = fill(data, item as readonly unknown[], shape, axis + 1, offset, name);
    else if (Array.isArray(item)) offset = fillRow(data, item, shape, offset, name);
    else {
      data.set(item as TypedArray, offset);
      offset += shape[axis + 1];
    }
  }
  return offset;
}

/** The hot path. Apart from `fill`, so that it sees plain arrays only. */
function fillRow(data: Float32Array, row: readonly unknown[], shape: Shape, offset: number, name: string): number {
  const length = row.length;
  for (let i = 0; i < length; i++) {
    const value = row[i];
    if (typeof value === "number") data[offset + i] = value;
    else if (typeof value === "boolean") data[offset + i] = value ? 1 : 0;
    else throw notANumber(value, offset + i, shape, name);
  }
  return offset + length;
}

function notANumber(value: unknown, position: number, shape: Shape, name: string): TypeError {
  let place = "";
  for (let axis = shape.length - 1, rest = position; axis >= 0; axis--) {
    place = `[${rest % shape[axis]}]${place}`;
    rest = Math.floor(rest / shape[axis]);
  }
  const hint = typeof value === "string" ? "; convert text to numbers first" : "";
  return new TypeError(`Cannot read ${name}: ${name}${place} must be a number, got ${describeValue(value)}${hint}`);
}
