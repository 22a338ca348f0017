import type { DataStream, StreamBatch } from "./data_source.ts";

type BatchIterator = Iterator<StreamBatch> | AsyncIterator<StreamBatch>;

/**
 * Reads batches from a stream, one ahead: while a step runs, an asynchronous stream is at work on the next batch.
 *
 * Every epoch begins the stream anew, if it can: a generator, which runs once, goes on where the epoch before left it.
 */
export class StreamReader {
  readonly #stream: DataStream;
  readonly #perEpoch: number | null;
  #iterator: BatchIterator | null = null;
  #ahead: Promise<IteratorResult<StreamBatch>> | null = null;
  #read = 0;

  /** @param perEpoch how many batches an epoch has at most; null: until the stream ends */
  constructor(stream: DataStream, perEpoch: number | null) {
    this.#stream = stream;
    this.#perEpoch = perEpoch;
  }

  /** Begins an epoch. */
  begin(): void {
    this.#read = 0;
    this.#iterator ??= this.#open();
  }

  /** The next batch of the epoch; null at its end. */
  async next(): Promise<StreamBatch | null> {
    if (this.#iterator === null || this.#read === this.#perEpoch) return null;
    const result = await (this.#ahead ?? this.#iterator.next());
    this.#ahead = null;
    if (result.done) {
      this.#iterator = null;
      return null;
    }
    this.#read++;
    if (Symbol.asyncIterator in this.#stream && this.#read !== this.#perEpoch) {
      this.#ahead = this.#iterator.next() as Promise<IteratorResult<StreamBatch>>;
      this.#ahead.catch(() => {}); // it is thrown where it is awaited
    }
    return result.value;
  }

  /** Ends an epoch: a stream that can begin anew is closed. */
  async end(): Promise<void> {
    if (this.#iterator !== null && this.#iterator !== this.#stream as unknown) await this.close();
  }

  /** Closes the stream. */
  async close(): Promise<void> {
    const iterator = this.#iterator;
    this.#iterator = null;
    this.#ahead = null;
    await iterator?.return?.();
  }

  #open(): BatchIterator {
    const stream = this.#stream;
    return Symbol.asyncIterator in stream ? stream[Symbol.asyncIterator]() : stream[Symbol.iterator]();
  }
}
