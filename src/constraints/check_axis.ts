import { checkInteger } from "../errors/check_integer.ts";
import { describeValue } from "../errors/describe_value.ts";

/**
 * Checks the option `axis` of a constraint: an integer, or an array of one or more different integers.
 *
 * @param what What is being done, as a verb phrase.
 * @param axis The value to check.
 * @returns The axis or a copy of the axes.
 * @throws {TypeError} If it is neither a number nor an array of numbers.
 * @throws {RangeError} If a number is not an integer, or the array is empty or has an axis twice.
 */
export function checkAxis(what: string, axis: unknown): number | number[] {
  if (!Array.isArray(axis)) return checkInteger(what, "axis", axis);
  const axes = axis.map((each) => checkInteger(what, "axis", each));
  if (axes.length === 0 || new Set(axes).size < axes.length) {
    throw new RangeError(`Cannot ${what}: axis must be one or more different axes, got ${describeValue(axis)}`);
  }
  return axes;
}
