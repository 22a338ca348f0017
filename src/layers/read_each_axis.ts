import { checkInteger } from "../errors/check_integer.ts";
import { describeValue } from "../errors/describe_value.ts";

/**
 * Reads an option that is one integer for all spatial axes, or one an axis: a kernel's size, strides, dilation.
 *
 * @param what what is done, for messages: `create conv2d layer`
 * @throws {TypeError} If it is none of these; RangeError if a number is no integer >= min
 */
export function readEachAxis(what: string, name: string, value: unknown, axes: number, min = 1): readonly number[] {
  const all = Array.isArray(value) ? value : new Array(axes).fill(value);
  if (all.length !== axes || !all.every((size) => typeof size === "number")) {
    const forms = axes === 1 ? "a number" : "a number or [height, width]";
    throw new TypeError(`Cannot ${what}: ${name} must be ${forms}, got ${describeValue(value)}`);
  }
  return Object.freeze(all.map((size) => checkInteger(what, name, size, { min })));
}
