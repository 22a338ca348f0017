import { describeValue } from "./describe_value.ts";

/**
 * Checks that an option is true or false, and returns it.
 *
 * @param what What is being done, as a verb phrase: `create sgd optimizer`.
 * @param name The name of the option: `nesterov`.
 * @param value The value to check.
 * @returns The value.
 * @throws {TypeError} `Cannot create sgd optimizer: nesterov must be true or false, got 1`.
 */
export function checkBoolean(what: string, name: string, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw new TypeError(`Cannot ${what}: ${name} must be true or false, got ${describeValue(value)}`);
}
