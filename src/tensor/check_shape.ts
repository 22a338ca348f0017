import { describeValue } from "../errors/describe_value.ts";
import type { Shape } from "./shape.ts";

/**
 * Checks that a value is a shape, every axis an integer >= 1, and returns a copy of it.
 *
 * @param what What is being done, as a verb phrase: `create dense layer`.
 * @param name The name of the option: `inputShape`.
 * @param value The value to check.
 * @returns A copy of the shape.
 * @throws {TypeError} If it is not an array.
 * @throws {RangeError} If an axis is not an integer >= 1, or there are more elements than a number can count.
 */
export function checkShape(what: string, name: string, value: unknown): Shape {
  if (!Array.isArray(value)) {
    throw new TypeError(`Cannot ${what}: ${name} must be an array of integers >= 1, got ${describeValue(value)}`);
  }
  let size = 1;
  for (let axis = 0; axis < value.length; axis++) {
    const length: unknown = value[axis];
    if (typeof length !== "number" || !Number.isSafeInteger(length) || length < 1) {
      const position = `${describeValue(length)} at axis ${axis} of ${describeValue(value)}`;
      throw new RangeError(`Cannot ${what}: ${name} must be an array of integers >= 1, got ${position}`);
    }
    size *= length;
  }
  if (!Number.isSafeInteger(size)) {
    throw new RangeError(`Cannot ${what}: ${name} has too many elements, got ${describeValue(value)}`);
  }
  return value.slice();
}
