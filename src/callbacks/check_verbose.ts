import { describeValue } from "../errors/describe_value.ts";

/**
 * Checks the option `verbose` of a callback.
 *
 * @param what What is being done, as a verb phrase.
 * @param value 0, 1, or undefined for 0.
 * @returns True for 1.
 * @throws {RangeError} If it is anything else.
 */
export function checkVerbose(what: string, value: unknown): boolean {
  if (value === undefined || value === 0 || value === 1) return value === 1;
  throw new RangeError(`Cannot ${what}: verbose must be 0 or 1, got ${describeValue(value)}`);
}
