import { describeValue } from "./describe_value.ts";

/**
 * Checks that an option is an integer (one that a number holds exactly) within limits, and returns it.
 *
 * @param what What is being done, as a verb phrase: `create dense layer`.
 * @param name The name of the option: `units`.
 * @param value The value to check.
 * @param range `min` and `max`, both inclusive; no limit where left out.
 * @returns The value.
 * @throws {TypeError} If the value is not a number.
 * @throws {RangeError} If it is not an integer or out of range:
 *   `Cannot create dense layer: units must be an integer >= 1, got 0`.
 */
export function checkInteger(
  what: string,
  name: string,
  value: unknown,
  range: { min?: number; max?: number } = {},
): number {
  const { min = -Infinity, max = Infinity } = range;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= min && value <= max) return value;
  let rule = "an integer";
  if (min !== -Infinity && max !== Infinity) rule += ` from ${min} to ${max}`;
  else if (min !== -Infinity) rule += ` >= ${min}`;
  else if (max !== Infinity) rule += ` <= ${max}`;
  const message = `Cannot ${what}: ${name} must be ${rule}, got ${describeValue(value)}`;
  throw typeof value === "number" ? new RangeError(message) : new TypeError(message);
}
