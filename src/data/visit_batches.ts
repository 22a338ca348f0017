import { isThenable } from "../errors/is_thenable.ts";
import { closeIterator } from "./close_iterator.ts";
import { SignalRace } from "./signal_race.ts";
import { type Stream, StreamReader } from "./stream_reader.ts";
import { Turn } from "./turn.ts";
import { warnOfFewBatches } from "./warn_of_few_batches.ts";

/** How a stream is gone through. */
export interface VisitOptions {
  /** What is being done, as a verb phrase: `evaluate`. */
  readonly what: string;
  /** How many batches to take at most; null: all. */
  readonly steps: number | null;
  readonly signal: AbortSignal | null;
}

/** Milliseconds that an asynchronous stream whose batches are always ready may keep the thread. */
const TURN_MS = 40;

/**
 * Calls `visit` with every batch of a stream: before it returns if the stream is an iterable, else as time goes by, which gives a promise.
 * A batch is used up by its visit, so that a stream may refill its arrays for the next one.
 *
 * @throws {TypeError} If there are no batches, or an iterable gives promises.
 * @throws the signal's reason if it aborts, and what the stream throws
 */
export function visitBatches<T>(
  stream: Stream<T>,
  options: VisitOptions,
  visit: (batch: T) => void,
): void | Promise<void> {
  return Symbol.asyncIterator in stream ? visitLater(stream, options, visit) : visitNow(stream, options, visit);
}

function visitNow<T>(stream: Iterable<T>, { what, steps, signal }: VisitOptions, visit: (batch: T) => void): void {
  const iterator = stream[Symbol.iterator]();
  let count = 0;
  for (let next = iterator.next(); !next.done; next = iterator.next()) {
    try {
      signal?.throwIfAborted();
      if (isThenable(next.value)) {
        throw new TypeError(
          `Cannot ${what}: an iterable must give batches, got a promise; give an async iterable, [Symbol.asyncIterator]`,
        );
      }
      visit(next.value);
      count++;
    } catch (error) {
      closeIterator(iterator);
      throw error;
    }
    if (count === steps) {
      closeIterator(iterator);
      break;
    }
  }
  checkCount(count, what, steps);
}

async function visitLater<T>(
  stream: AsyncIterable<T>,
  { what, steps, signal }: VisitOptions,
  visit: (batch: T) => void,
): Promise<void> {
  const race = new SignalRace(signal);
  const reader = new StreamReader(stream, steps, race);
  const turn = new Turn(TURN_MS);
  let count = 0;
  try {
    for (reader.begin(); await reader.next(); count++) {
      signal?.throwIfAborted();
      visit(reader.value);
      if (turn.over) await turn.rest();
    }
  } finally {
    reader.close();
    race.close();
  }
  checkCount(count, what, steps);
}

function checkCount(count: number, what: string, steps: number | null): void {
  if (count === 0) throw new TypeError(`Cannot ${what}: the stream gave no batches; a generator runs once only`);
  if (steps !== null && count < steps) warnOfFewBatches(what, "steps", count, steps);
}
