import { describeValue } from "../errors/describe_value.ts";

/** Checks that an option is one of some words, and returns it. @throws {TypeError | RangeError} If it is none of them. */
export function checkChoice<T extends string>(what: string, name: string, value: unknown, choices: readonly T[]): T {
  if (choices.includes(value as T)) return value as T;
  const list = choices.map((choice) => `"${choice}"`).join(", ");
  const message = `Cannot ${what}: ${name} must be one of ${list}, got ${describeValue(value)}`;
  throw typeof value === "string" ? new RangeError(message) : new TypeError(message);
}
