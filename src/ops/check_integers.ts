import { describeValue } from "../errors/describe_value.ts";
import type { Json } from "../tensor/json.ts";

/**
 * Checks that an attribute is one integer for each axis, and returns them.
 *
 * @throws TypeError where it is not
 */
export function checkIntegers(op: string, name: string, value: Json | undefined, axes: number, min: number): number[] {
  if (
    Array.isArray(value) && value.length === axes && value.every((v) => Number.isSafeInteger(v) && Number(v) >= min)
  ) {
    return value as number[];
  }
  throw new TypeError(
    `Cannot apply ${op}: ${name} must be an array of ${axes} integers >= ${min}, one an axis, got ${
      describeValue(value)
    }`,
  );
}
