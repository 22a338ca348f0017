import { describeValue } from "../errors/describe_value.ts";
import { isThenable } from "../errors/is_thenable.ts";
import { closeIterator } from "./close_iterator.ts";
import type { SignalRace } from "./signal_race.ts";

/** Values that come one after another, at once or in their time. */
export type Stream<T> = Iterable<T> | AsyncIterable<T>;

/**
 * Reads the batches of a stream, an epoch at a time.
 *
 * Every epoch begins the stream anew, if it can: a generator, which runs once, goes on where the epoch before left it. A stream is not
 * trusted: a wait for it ends when the signal aborts, and nobody waits for it to close.
 */
export class StreamReader<T> {
  readonly #stream: Stream<T>;
  readonly #perEpoch: number | null;
  readonly #race: SignalRace;
  #iterator: Iterator<T> | AsyncIterator<T> | null = null;
  #ahead: PromiseLike<IteratorResult<T>> | null = null;
  #read = 0;
  #value: T | null = null;

  /** @param perEpoch how many batches an epoch has at most; null: until the stream ends */
  constructor(stream: Stream<T>, perEpoch: number | null, race: SignalRace) {
    this.#stream = stream;
    this.#perEpoch = perEpoch;
    this.#race = race;
  }

  /** Begins an epoch. */
  begin(): void {
    this.#read = 0;
    this.#iterator ??= this.#open();
  }

  /** The batch that was read last. */
  get value(): T {
    return this.#value!;
  }

  /**
   * Reads the next batch of the epoch, and says whether there was one: at once where the stream does not make one wait.
   *
   * @throws what the stream throws, and the signal's reason if it aborts
   */
  next(): boolean | Promise<boolean> {
    const iterator = this.#iterator;
    if (iterator === null || this.#read === this.#perEpoch) return false;
    try {
      const given = this.#ahead ?? iterator.next();
      this.#ahead = null;
      return isThenable(given) ? this.#wait(given) : this.#take(given);
    } catch (error) {
      return this.#fail(error);
    }
  }

  async #wait(given: PromiseLike<IteratorResult<T>>): Promise<boolean> {
    try {
      return await this.#take(await this.#race.wait(given));
    } catch (error) {
      return this.#fail(error);
    }
  }

  #take(result: IteratorResult<T>): boolean | Promise<boolean> {
    if (typeof result !== "object" || result === null) {
      throw new TypeError(
        `Cannot use the data: next() of a stream must give { done, value }, got ${describeValue(result)}`,
      );
    }
    if (result.done) {
      this.#iterator = null;
      return false;
    }
    const { value } = result;
    if (isThenable(value)) {
      return this.#race.wait(value).then((batch) => this.#hold(batch as T));
    }
    return this.#hold(value);
  }

  #hold(value: T): boolean {
    this.#value = value;
    this.#read++;
    return true;
  }

  /** A stream that failed is over; one that was left waiting is still to be closed. */
  #fail(error: unknown): never {
    if (this.#race.signal?.aborted !== true) this.#iterator = null;
    throw error;
  }

  /**
   * Asks an asynchronous stream for the next batch, so that it is at work while a step runs. It may refill the arrays of the last batch:
   * to be called when these have been copied.
   */
  readAhead(): void {
    if (!this.isAsync || this.#iterator === null || this.#read === this.#perEpoch) return;
    try {
      this.#ahead = Promise.resolve(this.#iterator.next());
    } catch (error) {
      this.#ahead = Promise.reject(error);
    }
    this.#ahead.then(undefined, () => {}); // an error is thrown where the batch is awaited
  }

  /** Whether the stream takes its time. */
  get isAsync(): boolean {
    return Symbol.asyncIterator in this.#stream;
  }

  /** Ends an epoch: a stream that can begin anew is closed. */
  end(): void {
    if (this.#iterator !== this.#stream as unknown) this.close();
  }

  /** Closes the stream, and does not wait for it. */
  close(): void {
    const iterator = this.#iterator;
    this.#iterator = null;
    this.#ahead = null;
    this.#value = null;
    if (iterator !== null) closeIterator(iterator);
  }

  #open(): Iterator<T> | AsyncIterator<T> {
    const stream = this.#stream;
    return Symbol.asyncIterator in stream ? stream[Symbol.asyncIterator]() : stream[Symbol.iterator]();
  }
}
