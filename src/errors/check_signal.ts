import { describeValue } from "./describe_value.ts";

/**
 * Checks the option `signal`, and that it has not aborted yet.
 *
 * @param what What is being done, as a verb phrase: `fit`.
 * @returns The signal; null if there is none.
 * @throws {TypeError} If it is no AbortSignal: `Cannot fit: signal must be an AbortSignal, got 5`.
 * @throws the signal's reason, if it has aborted
 */
export function checkSignal(what: string, signal: unknown): AbortSignal | null {
  if (signal === undefined) return null;
  if (!(signal instanceof AbortSignal)) {
    throw new TypeError(`Cannot ${what}: signal must be an AbortSignal, got ${describeValue(signal)}`);
  }
  signal.throwIfAborted();
  return signal;
}
