import type { TypedArray } from "./tensor_input.ts";

/**
 * Whether a value is a typed array of numbers.
 *
 * @param value Anything.
 * @param name What the data are called in errors: `x`.
 * @returns True for typed arrays of numbers, false for everything that is no view of a buffer.
 * @throws {TypeError} If it is a DataView or an array of bigints, which are refused wherever data are asked for.
 */
export function isTypedArray(value: unknown, name: string): value is TypedArray {
  if (!ArrayBuffer.isView(value)) return false;
  if (value instanceof BigInt64Array || value instanceof BigUint64Array || value instanceof DataView) {
    const type = value.constructor.name;
    throw new TypeError(`Cannot read ${name}: a ${type} is not accepted; convert it to a Float32Array first`);
  }
  return true;
}
