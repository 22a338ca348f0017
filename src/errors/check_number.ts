import { describeValue } from "./describe_value.ts";

/**
 * Checks that an option is a finite number within limits, and returns it.
 *
 * @param what What is being done, as a verb phrase: `create sgd optimizer`.
 * @param name The name of the option: `momentum`.
 * @param value The value to check.
 * @param range `min` and `max` are inclusive, `minExclusive` and `maxExclusive` are not; no limit where left out.
 * @returns The value.
 * @throws {TypeError} If the value is not a number.
 * @throws {RangeError} If it is not finite or out of range:
 *   `Cannot create sgd optimizer: momentum must be a number >= 0 and < 1, got 2`.
 */
export function checkNumber(
  what: string,
  name: string,
  value: unknown,
  range: { min?: number; max?: number; minExclusive?: number; maxExclusive?: number } = {},
): number {
  const { min, max, minExclusive, maxExclusive } = range;
  if (
    typeof value === "number" && Number.isFinite(value) &&
    (min === undefined || value >= min) && (max === undefined || value <= max) &&
    (minExclusive === undefined || value > minExclusive) && (maxExclusive === undefined || value < maxExclusive)
  ) return value;
  const limits: string[] = [];
  if (min !== undefined) limits.push(`>= ${min}`);
  if (minExclusive !== undefined) limits.push(`> ${minExclusive}`);
  if (max !== undefined) limits.push(`<= ${max}`);
  if (maxExclusive !== undefined) limits.push(`< ${maxExclusive}`);
  const rule = limits.length === 0 ? "a finite number" : `a number ${limits.join(" and ")}`;
  const message = `Cannot ${what}: ${name} must be ${rule}, got ${describeValue(value)}`;
  throw typeof value === "number" ? new RangeError(message) : new TypeError(message);
}
