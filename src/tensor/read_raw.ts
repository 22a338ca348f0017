import { describeValue } from "../errors/describe_value.ts";
import { checkShape } from "./check_shape.ts";
import type { Dtype } from "./dtype.ts";
import { formatShape } from "./format_shape.ts";
import { isShaped } from "./is_shaped.ts";
import type { RawTensor } from "./raw_tensor.ts";
import { sizeOf } from "./size_of.ts";

/** More levels of nesting than this are taken for a mistake, or for an array that contains itself. */
const DEEPEST = 16;

/**
 * Reads strings, or integers, from nested arrays; integers also from typed arrays and tensors. A lone surrogate in a string becomes U+FFFD, as
 * where it is written in UTF-8.
 *
 * @param name what the data are called in errors: `x`
 * @param dtypes what they may be; all values are of one kind
 * @throws {TypeError} If arrays are ragged or empty, or hold something else; RangeError for an integer that is not safe
 */
export function readRaw(input: unknown, name: string, dtypes: readonly Dtype[]): RawTensor {
  const reading: Reading = { name, dtypes, values: [] };
  if (isShaped(input)) {
    const shape = checkShape(`read ${name}`, "its shape", input.shape);
    if (!isList(input.data) || sizeOf(shape) !== input.data.length) {
      const found = isList(input.data) ? `${input.data.length} values` : describeValue(input.data);
      throw new TypeError(
        `Cannot read ${name}: its shape ${formatShape(shape)} must be that of its data, got ${found}`,
      );
    }
    fillRow(reading, input.data, name);
    return { values: reading.values as RawTensor["values"], shape };
  }
  const shape: number[] = [];
  for (let level: unknown = input; isList(level); level = level[0]) {
    if (level.length === 0) {
      const place = `${name}${"[0]".repeat(shape.length)}`;
      throw new TypeError(`Cannot read ${name}: ${place} is empty, but needs at least one value`);
    }
    shape.push(level.length);
    if (shape.length > DEEPEST) {
      throw new TypeError(`Cannot read ${name}: more than ${DEEPEST} levels of nested arrays`);
    }
  }
  if (shape.length === 0) {
    const hint = typeof input === "string" ? `; for one sample write [${name}]` : "";
    throw new TypeError(
      `Cannot read ${name}: it must be an array, of what is ${rule(dtypes)} each, got ${describeValue(input)}${hint}`,
    );
  }
  fill(reading, input, shape, 0, name);
  return { values: reading.values as RawTensor["values"], shape };
}

interface Reading {
  readonly name: string;
  readonly dtypes: readonly Dtype[];
  readonly values: (string | number)[];
}

function fill(reading: Reading, level: unknown, shape: readonly number[], axis: number, path: string): void {
  if (!isList(level) || level.length !== shape[axis]) {
    const found = isList(level) ? `${level.length} values` : describeValue(level);
    const wanted = `an array of ${shape[axis]}, as the first one is`;
    throw new TypeError(`Cannot read ${reading.name}: ${path} must be ${wanted}, got ${found}`);
  }
  if (axis + 1 === shape.length) return fillRow(reading, level, path);
  for (let i = 0; i < level.length; i++) fill(reading, level[i], shape, axis + 1, `${path}[${i}]`);
}

function fillRow({ name, dtypes, values }: Reading, row: ArrayLike<unknown>, path: string): void {
  for (let i = 0; i < row.length; i++) {
    const value = readValue(row[i], dtypes);
    if (value === null || values.length > 0 && typeof values[0] !== typeof value) {
      const wanted = value === null ? rule(dtypes) : `${rule(dtypes)}, and all of one kind`;
      const isNumber = typeof row[i] === "number" || typeof row[i] === "bigint";
      const hint = isNumber && value === null && dtypes.includes("int64") ? " from −(2^53 − 1) to 2^53 − 1" : "";
      const message = `Cannot read ${name}: ${path}[${i}] must be ${wanted}${hint}, got ${describeValue(row[i])}`;
      throw hint === "" ? new TypeError(message) : new RangeError(message);
    }
    values.push(value);
  }
}

/** The value as it is used; null if it is none of these. */
function readValue(value: unknown, dtypes: readonly Dtype[]): string | number | null {
  if (typeof value === "string") {
    if (!dtypes.includes("string")) return null;
    return value.isWellFormed() ? value : value.toWellFormed();
  }
  if (!dtypes.includes("int64") || typeof value !== "number" && typeof value !== "bigint") return null;
  const integer = Number(value);
  return Number.isSafeInteger(integer) ? integer + 0 : null; // −0 is 0
}

function rule(dtypes: readonly Dtype[]): string {
  if (!dtypes.includes("int64")) return "a string";
  return dtypes.includes("string") ? "a string or an integer" : "an integer";
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || ArrayBuffer.isView(value) && !(value instanceof DataView);
}
