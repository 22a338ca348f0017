import { checkNumber } from "../errors/check_number.ts";
import { describeValue } from "../errors/describe_value.ts";

/** What a random layer draws between: one number for −|factor| to |factor|, or two. */
export type Factor = number | readonly [number, number];

/** The least and the largest number that is drawn. */
export type Range = readonly [lower: number, upper: number];

/**
 * Reads an option that says what a random layer draws between.
 *
 * @param what what is done, for messages: `create random_zoom layer`
 * @throws {TypeError} If it is neither a number nor two; RangeError if one is beyond the limits
 */
export function readFactor(
  what: string,
  name: string,
  value: unknown,
  limits: { min?: number; max?: number; minExclusive?: number },
): Range {
  if (Array.isArray(value) && value.length === 2) {
    const [a, b] = value.map((each, i) => checkNumber(what, `${name}[${i}]`, each, limits));
    return Object.freeze([Math.min(a, b), Math.max(a, b)] as const);
  }
  if (typeof value !== "number") {
    throw new TypeError(`Cannot ${what}: ${name} must be a number or [lower, upper], got ${describeValue(value)}`);
  }
  const size = Math.abs(checkNumber(what, name, value, limits));
  return Object.freeze([size === 0 ? 0 : -size, size] as const);
}
