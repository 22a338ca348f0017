import type { UniformRange } from "./dimension.ts";
import { checkRange, type RangeOptions } from "./range_options.ts";

/**
 * A parameter that is a number from min to max, all equally likely. With `steps` it is one of that many numbers
 * min + k · (max − min) / (steps − 1).
 *
 * @param min The lower end.
 * @param max The upper end.
 * @param options `steps`.
 * @returns The dimension.
 * @throws {TypeError} If an argument has the wrong type or an option does not exist.
 * @throws {RangeError} If an end is not finite, max is not larger than min, or the steps are not from 2 to 1,000,000.
 */
export function uniform(min: number, max: number, options: RangeOptions = {}): UniformRange {
  return { kind: "uniform", ...checkRange("create uniform range", min, max, options) };
}
