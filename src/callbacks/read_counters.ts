import { describeValue } from "../errors/describe_value.ts";
import type { StateValue } from "../tensor/state_value.ts";

/**
 * Reads the counters of a callback out of a saved state. What else is in the state is left alone.
 *
 * @param callback The callback, for the message.
 * @param state What its `getState` gave.
 * @param kinds What may be null, by name: `"number"` or `"number or null"`.
 * @returns The counters, one for every name in `kinds`.
 * @throws {TypeError} If one is missing or of another type.
 */
export function readCounters<T extends Readonly<Record<string, "number" | "number or null">>>(
  callback: string,
  state: StateValue,
  kinds: T,
): { [K in keyof T]: T[K] extends "number" ? number : number | null } {
  const given = state as Readonly<Record<string, StateValue>> | null;
  const counters: Record<string, number | null> = {};
  for (const [name, kind] of Object.entries(kinds)) {
    const value = given?.[name];
    const fits = typeof value === "number" || value === null && kind === "number or null";
    if (!fits) {
      throw new TypeError(
        `Cannot set the state of ${callback}: ${name} must be a ${kind}, got ${describeValue(value)}`,
      );
    }
    counters[name] = value;
  }
  return counters as never;
}
