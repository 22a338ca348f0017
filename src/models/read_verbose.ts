import { describeValue } from "../errors/describe_value.ts";

/**
 * Checks the option `verbose` of a model's method.
 *
 * @param what what is being done, as a verb phrase
 * @throws {RangeError} If it is not 0, 1 or 2.
 */
export function readVerbose(what: string, value: unknown): 0 | 1 | 2 {
  if (value === 0 || value === 1 || value === 2) return value;
  throw new RangeError(`Cannot ${what}: verbose must be 0, 1 or 2, got ${describeValue(value)}`);
}
