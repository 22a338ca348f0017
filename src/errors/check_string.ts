import { describeValue } from "./describe_value.ts";
import { nearestName } from "./nearest_name.ts";

/**
 * Checks that an option is a string, and one of a list if a list is given, and returns it.
 *
 * @param what What is being done, as a verb phrase: `create loss`.
 * @param name The name of the option: `reduction`.
 * @param value The value to check.
 * @param allowed The values that exist; any string if left out.
 * @returns The value.
 * @throws {TypeError} If the value is not a string.
 * @throws {RangeError} If it is not in the list:
 *   `Cannot create loss: reduction must be one of "sum", "mean", got "men"; did you mean "mean"?`.
 */
export function checkString<T extends string>(what: string, name: string, value: unknown, allowed?: readonly T[]): T {
  if (typeof value === "string" && (allowed === undefined || allowed.includes(value as T))) return value as T;
  const rule = allowed === undefined ? "a string" : `one of ${allowed.map((each) => `"${each}"`).join(", ")}`;
  const message = `Cannot ${what}: ${name} must be ${rule}, got ${describeValue(value)}`;
  if (typeof value !== "string") throw new TypeError(message);
  const nearest = nearestName(value, allowed ?? []);
  throw new RangeError(nearest === undefined ? message : `${message}; did you mean "${nearest}"?`);
}
