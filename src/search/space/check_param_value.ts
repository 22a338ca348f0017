import { describeValue } from "../../errors/describe_value.ts";
import type { ParamValue } from "./params.ts";

/**
 * Checks that a value can be a parameter's: a finite number, a string, a boolean or null, which is what JSON keeps.
 *
 * @param what What is being done, as a verb phrase: `create choice`.
 * @param name What the value is called in the message: `values[2]`.
 * @param value The value to check.
 * @returns The value.
 * @throws {TypeError} If it is of another type.
 * @throws {RangeError} If it is a number that is not finite.
 */
export function checkParamValue(what: string, name: string, value: unknown): ParamValue {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  const message = `Cannot ${what}: ${name} must be a finite number, a string, a boolean or null, got ${
    describeValue(value)
  }`;
  throw typeof value === "number" ? new RangeError(message) : new TypeError(message);
}
