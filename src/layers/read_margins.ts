import { describeValue } from "../errors/describe_value.ts";

/** What is before the first and behind the last element of an axis. */
export type Margin = readonly [before: number, after: number];

/**
 * Reads an option of margins: one number for all, a number an axis, or two an axis; where there is one axis, two numbers are its two.
 *
 * @param what what is done, for messages: `create cropping2d layer`
 * @throws {TypeError} If it is none of these; RangeError if a number is no integer >= 0
 */
export function readMargins(what: string, name: string, value: unknown, axes: number): readonly Margin[] {
  const margins = spread(value, axes);
  const forms = axes === 1
    ? "a number or [before, after]"
    : "a number, [height, width] or [[top, bottom], [left, right]]";
  if (margins === null) {
    throw new TypeError(`Cannot ${what}: ${name} must be ${forms}, got ${describeValue(value)}`);
  }
  if (!margins.flat().every((margin) => Number.isSafeInteger(margin) && Number(margin) >= 0)) {
    throw new RangeError(`Cannot ${what}: ${name} must hold integers >= 0, as ${forms}, got ${describeValue(value)}`);
  }
  return Object.freeze(margins.map(([before, after]) => Object.freeze([before, after] as const)));
}

function spread(value: unknown, axes: number): [number, number][] | null {
  if (typeof value === "number") return Array.from({ length: axes }, () => [value, value]);
  const isPair = (pair: unknown): pair is [number, number] =>
    Array.isArray(pair) && pair.length === 2 && pair.every((margin) => typeof margin === "number");
  if (axes === 1) {
    return isPair(value) ? [[...value]] : Array.isArray(value) && value.length === 1 ? spread(value[0], 1) : null;
  }
  if (!Array.isArray(value) || value.length !== axes) return null;
  const pairs = value.map((one) => typeof one === "number" ? [one, one] : isPair(one) ? [...one] : null);
  return pairs.includes(null) ? null : pairs as [number, number][];
}
