import { isThenable } from "../errors/is_thenable.ts";

/**
 * Tells an iterator that no more is wanted, and does not wait for it: a generator that is stuck in an await never closes.
 *
 * What closing it throws is told on the console. It must not take the place of the error, or of the result, for whose sake it is closed.
 */
export function closeIterator(iterator: Iterator<unknown> | AsyncIterator<unknown>): void {
  try {
    const closing: unknown = iterator.return?.();
    if (isThenable(closing)) closing.then(undefined, warn);
  } catch (error) {
    warn(error);
  }
}

function warn(error: unknown): void {
  console.warn("retroprop could not close a stream of batches:", error);
}
