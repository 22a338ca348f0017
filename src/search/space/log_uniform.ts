import type { LogUniformRange } from "./dimension.ts";
import { checkRange, type RangeOptions } from "./range_options.ts";

/**
 * A parameter that is a number from min to max whose logarithm is evenly spread: right for learning rates. With `steps` it is
 * one of that many numbers min · (max / min)^(k / (steps − 1)).
 *
 * @param min The lower end, above 0.
 * @param max The upper end.
 * @param options `steps`.
 * @returns The dimension.
 * @throws {TypeError} If an argument has the wrong type or an option does not exist.
 * @throws {RangeError} If min is not above 0, an end is not finite, max is not larger than min, or the steps are not from 2 to 1,000,000.
 */
export function logUniform(min: number, max: number, options: RangeOptions = {}): LogUniformRange {
  const what = "create log-uniform range";
  const range = checkRange(what, min, max, options);
  if (min <= 0) throw new RangeError(`Cannot ${what}: min must be a number > 0, got ${min}`);
  return { kind: "logUniform", ...range };
}
