import type { SignalRace } from "../data/signal_race.ts";
import { StreamReader } from "../data/stream_reader.ts";
import { Tensor } from "../tensor/tensor.ts";
import { checkBatch, type DataStream, type Expected, readSamples, type Samples } from "./data_source.ts";
import type { Trainer } from "./trainer.ts";

/** A stream that a fit trains on or validates with. */
export interface StreamSource {
  readonly stream: DataStream;
  readonly expected: Expected;
  /** Batches in an epoch, or in a validation; null: until the stream ends. */
  readonly steps: number | null;
}

/** The batches of a stream, checked and copied: what the stream does with its arrays afterwards changes none of them. */
export class StreamBatches {
  readonly #source: StreamSource;
  readonly #trainer: Trainer;
  readonly #what: "train" | "validate";
  readonly #reader: StreamReader<unknown>;
  #epoch = 0;
  #count = 0;
  #x: Float32Array = new Float32Array(0);
  #y: Float32Array = new Float32Array(0);
  #sampleWeight: Float32Array = new Float32Array(0);

  /** @param what For messages. */
  constructor(source: StreamSource, trainer: Trainer, race: SignalRace, what: "train" | "validate") {
    this.#source = source;
    this.#trainer = trainer;
    this.#what = what;
    this.#reader = new StreamReader<unknown>(source.stream, source.steps, race);
  }

  /** Begins an epoch. */
  begin(epoch: number): void {
    this.#epoch = epoch;
    this.#count = 0;
    this.#reader.begin();
  }

  /**
   * The next batch of the epoch, which holds until the next one is asked for; null at the end. While it is used, an asynchronous stream is
   * at work on the next.
   *
   * @throws {TypeError} If the stream gives no batches, or what is none.
   */
  async next(): Promise<Samples | null> {
    if (!await this.#reader.next()) {
      if (this.#count > 0) return null;
      throw new TypeError(
        `Cannot ${this.#what}: the stream gave no batches in epoch ${
          this.#epoch + 1
        }; a generator runs once only, so give an object whose [Symbol.iterator] or [Symbol.asyncIterator] starts anew`,
      );
    }
    this.#count++;
    const { x, y, sampleWeight } = checkBatch(this.#reader.value);
    const samples = readSamples(x, y, sampleWeight, this.#source.expected);
    this.#trainer.checkLabels(samples.y.data);
    const copy = this.#copy(samples);
    this.#reader.readAhead();
    return copy;
  }

  /** Ends an epoch. */
  end(): void {
    this.#reader.end();
  }

  /** Closes the stream. */
  close(): void {
    this.#reader.close();
  }

  #copy({ x, y, sampleWeight, count }: Samples): Samples {
    this.#x = hold(this.#x, x.data);
    this.#y = hold(this.#y, y.data);
    if (sampleWeight !== null) this.#sampleWeight = hold(this.#sampleWeight, sampleWeight);
    return {
      x: new Tensor(this.#x.subarray(0, x.data.length), x.shape),
      y: new Tensor(this.#y.subarray(0, y.data.length), y.shape),
      sampleWeight: sampleWeight && this.#sampleWeight.subarray(0, count),
      count,
    };
  }
}

/** Copies values to the beginning of an array, or of a longer one where it is too short. */
function hold(into: Float32Array, values: Float32Array): Float32Array {
  if (into.length < values.length) return values.slice();
  into.set(values);
  return into;
}
