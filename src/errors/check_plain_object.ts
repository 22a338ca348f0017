import { describeValue } from "./describe_value.ts";

/**
 * Checks that a value is a plain object: `{ … }`, or one without a prototype. Anything else (a list, a Map, a promise, an object of a class)
 * would be read as if nothing were in it.
 *
 * @param what What is being done, as a verb phrase: `fit`.
 * @param rule The rule: `options must be an object`.
 * @param value The value to check.
 * @throws {TypeError} `Cannot fit: options must be an object, got an object of class Promise; await it`.
 */
export function checkPlainObject(what: string, rule: string, value: unknown): void {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const prototype = Object.getPrototypeOf(value);
    // The prototype of plain objects is at the end of its chain, also where it is another realm's.
    if (prototype === null || Object.getPrototypeOf(prototype) === null) return;
  }
  throw new TypeError(`Cannot ${what}: ${rule}, got ${describeValue(value)}${adviceFor(value)}`);
}

function adviceFor(value: unknown): string {
  if (typeof value === "function") return "; call it, if it gives one";
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "";
  if (value instanceof Map) return "; write { name: value }, or Object.fromEntries(map)";
  if (typeof (value as { then?: unknown }).then === "function") return "; await it";
  return "; write a plain one: { name: value }";
}
