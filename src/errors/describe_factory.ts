import { describeValue } from "./describe_value.ts";

/**
 * A short text for the "got …" part of an error about something that a factory makes: a function is most likely a factory
 * that was not called, as in `optimizer: optimizers.adam`.
 *
 * @param value What was given.
 * @param call How a factory is called: `optimizers.adam()`.
 * @returns One line: `a function; call it, as in optimizers.adam()`, or what `describeValue` says.
 */
export function describeFactory(value: unknown, call: string): string {
  return typeof value === "function" ? `a function; call it, as in ${call}` : describeValue(value);
}
