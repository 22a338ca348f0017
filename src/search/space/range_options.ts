import { checkInteger } from "../../errors/check_integer.ts";
import { checkNumber } from "../../errors/check_number.ts";
import { checkOptions } from "../../errors/check_options.ts";

/** A range with more steps than this is as good as one without, and more than a grid may have. */
const MOST_STEPS = 1_000_000;

/** Options of `uniform` and `logUniform`. */
export interface RangeOptions {
  /** How many values the range is cut down to, both ends included, from 2 to 1,000,000; all of the range by default. A grid needs it. */
  steps?: number;
}

/**
 * Checks the ends and options of a range of numbers.
 *
 * @param what What is being done, as a verb phrase: `create uniform range`.
 * @param min The lower end.
 * @param max The upper end.
 * @param options The options.
 * @returns The fields of the dimension.
 * @throws {TypeError} If an argument has the wrong type or an option does not exist.
 * @throws {RangeError} If an end is not finite, max is not larger than min, or the steps are not from 2 to 1,000,000.
 */
export function checkRange(
  what: string,
  min: number,
  max: number,
  options: RangeOptions,
): { min: number; max: number; steps?: number } {
  checkNumber(what, "min", min);
  checkNumber(what, "max", max);
  checkOptions(what, options, ["steps"]);
  if (min >= max) {
    throw new RangeError(
      `Cannot ${what}: max must be larger than min, got min ${min} and max ${max}; use constant for one value`,
    );
  }
  if (!Number.isFinite(max - min)) {
    throw new RangeError(`Cannot ${what}: max - min must be finite, got min ${min} and max ${max}`);
  }
  if (options.steps === undefined) return { min, max };
  return { min, max, steps: checkInteger(what, "steps", options.steps, { min: 2, max: MOST_STEPS }) };
}
