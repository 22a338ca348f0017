import { checkBoolean } from "../../errors/check_boolean.ts";
import { checkInteger } from "../../errors/check_integer.ts";
import { checkOptions } from "../../errors/check_options.ts";
import type { IntegerRange } from "./dimension.ts";

/** Options of `integer`. */
export interface IntegerOptions {
  /** The distance of neighbouring values; 1 by default. */
  step?: number;
  /** Whether small values are as likely as large ones on a log scale; false by default. */
  log?: boolean;
}

/**
 * A parameter that is an integer: min, min + step, … up to max, all equally likely. With `log`, the probability of k is
 * proportional to log((k + ½) / (k − ½)), so that each doubling is equally likely.
 *
 * @param min The least value.
 * @param max The largest value, which is taken if it is a whole number of steps from min.
 * @param options `step` and `log`.
 * @returns The dimension.
 * @throws {TypeError} If an argument has the wrong type or an option does not exist.
 * @throws {RangeError} If max is not larger than min, step is less than 1, or `log` comes with min < 1 or another step than 1.
 */
export function integer(min: number, max: number, options: IntegerOptions = {}): IntegerRange {
  const what = "create integer range";
  checkInteger(what, "min", min);
  checkInteger(what, "max", max);
  checkOptions(what, options, ["step", "log"]);
  if (min >= max) {
    throw new RangeError(
      `Cannot ${what}: max must be larger than min, got min ${min} and max ${max}; use constant for one value`,
    );
  }
  const step = checkInteger(what, "step", options.step ?? 1, { min: 1 });
  if (step > max - min) {
    throw new RangeError(`Cannot ${what}: step must be at most max - min = ${max - min}, got ${step}`);
  }
  const log = checkBoolean(what, "log", options.log ?? false);
  if (log && min < 1) throw new RangeError(`Cannot ${what}: min must be >= 1 with log, got ${min}`);
  if (log && step !== 1) throw new RangeError(`Cannot ${what}: step must be 1 with log, got ${step}`);
  return { kind: "integer", min, max, step, log };
}
