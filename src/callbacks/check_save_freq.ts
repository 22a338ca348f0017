import { checkInteger } from "../errors/check_integer.ts";
import { describeValue } from "../errors/describe_value.ts";

/** When a callback saves: at the end of every epoch, or after every so many batches. */
export type SaveFreq = "epoch" | number;

/**
 * Checks the option `saveFreq`.
 *
 * @param what What is being done, as a verb phrase.
 * @param value `"epoch"`, an integer >= 1, or undefined for `"epoch"`.
 * @returns The value.
 * @throws {TypeError | RangeError} If it is anything else.
 */
export function checkSaveFreq(what: string, value: unknown = "epoch"): SaveFreq {
  if (value === "epoch") return value;
  if (typeof value === "number") return checkInteger(what, "saveFreq", value, { min: 1 });
  const found = describeValue(value);
  const message = `Cannot ${what}: saveFreq must be "epoch" or a number of batches, got ${found}`;
  throw typeof value === "string" ? new RangeError(message) : new TypeError(message);
}
