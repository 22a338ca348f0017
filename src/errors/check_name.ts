import { describeValue } from "./describe_value.ts";
import { hasControlCharacters } from "./has_control_characters.ts";

/**
 * Checks a name that will stand in tables, logs and messages, and returns it.
 *
 * @param what What is being done, as a verb phrase: `create dense layer`.
 * @param value The name.
 * @param forbidden A character that it must not have either.
 * @throws {TypeError} If it is no string, has control characters, which a terminal would obey, or the forbidden one.
 */
export function checkName(what: string, value: unknown, forbidden = ""): string {
  const rule = forbidden === "" ? "" : ` without "${forbidden}"`;
  if (typeof value !== "string" || forbidden !== "" && value.includes(forbidden)) {
    throw new TypeError(`Cannot ${what}: name must be a string${rule}, got ${describeValue(value)}`);
  }
  if (!hasControlCharacters(value)) return value;
  throw new TypeError(`Cannot ${what}: name must not have control characters, got ${describeValue(value)}`);
}
