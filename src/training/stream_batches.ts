import { checkBatch } from "../data/check_batch.ts";
import type { DataStream } from "../data/data_input.ts";
import { Dataset } from "../data/dataset.ts";
import { type Expected, readDataset } from "../data/read_dataset.ts";
import { warnOfFewBatches } from "../data/warn_of_few_batches.ts";
import type { SignalRace } from "../data/signal_race.ts";
import { isThenable } from "../errors/is_thenable.ts";
import { StreamReader } from "../data/stream_reader.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Trainer } from "./trainer.ts";

/** A stream that a fit trains on or validates with. */
export interface StreamSource {
  readonly stream: DataStream;
  readonly expected: Expected;
  /** Batches in an epoch, or in a validation; null: until the stream ends. */
  readonly steps: number | null;
}

/** What the batches of a stream are for. */
export interface StreamUse {
  /** For messages. */
  readonly what: "train" | "validate";
  /** Whether other code may run between the reading of a batch and its step. */
  readonly waits: boolean;
}

/**
 * The batches of a stream, checked. They are copied where the stream, or anything else, may run before they are used: what happens to its
 * arrays then changes none of them.
 */
export class StreamBatches {
  readonly #source: StreamSource;
  readonly #trainer: Trainer;
  readonly #use: StreamUse;
  readonly #reader: StreamReader<unknown>;
  #epoch = 0;
  #isWarned = false;
  #count = 0;
  /** Memory for the copies of a batch, port by port. */
  readonly #held: Float32Array[] = [];

  constructor(source: StreamSource, trainer: Trainer, race: SignalRace, use: StreamUse) {
    this.#source = source;
    this.#trainer = trainer;
    this.#use = use;
    this.#reader = new StreamReader<unknown>(source.stream, source.steps, race);
  }

  /** Begins an epoch. */
  begin(epoch: number): void {
    this.#epoch = epoch;
    this.#count = 0;
    const { stream } = this.#source;
    if (typeof stream.setEpoch === "function") stream.setEpoch(epoch);
    this.#reader.begin();
  }

  /**
   * The next batch of the epoch, at once or as a promise; null at the end. It holds until the next one is asked for. While it is used, an
   * asynchronous stream is at work on the next.
   *
   * @throws {TypeError} If the stream gives no batches, or what is none.
   */
  next(): Dataset | null | Promise<Dataset | null> {
    const more = this.#reader.next();
    return isThenable(more) ? more.then((isThere) => this.#take(isThere)) : this.#take(more);
  }

  #take(isThere: boolean): Dataset | null {
    if (!isThere) {
      if (this.#count > 0) return this.#warnOfFew();
      throw new TypeError(
        `Cannot ${this.#use.what}: the stream gave no batches in epoch ${
          this.#epoch + 1
        }; a generator runs once only, so give an object whose [Symbol.iterator] or [Symbol.asyncIterator] starts anew`,
      );
    }
    this.#count++;
    const { x, y, sampleWeight } = checkBatch(this.#reader.value);
    const samples = readDataset(x, y, sampleWeight, this.#source.expected);
    this.#trainer.compiled.objective.checkLabels(samples);
    if (!this.#use.waits && !this.#reader.isAsync) return samples;
    const copy = this.#copy(samples);
    this.#reader.readAhead();
    return copy;
  }

  /** Says once that a stream ended before the batches that were asked for. */
  #warnOfFew(): null {
    const { steps } = this.#source;
    if (steps !== null && this.#count < steps && !this.#isWarned) {
      this.#isWarned = true;
      const { what } = this.#use;
      const [where, option] = what === "train" ? ["", "stepsPerEpoch"] : ["the validation of ", "validationSteps"];
      warnOfFewBatches(`${where}epoch ${this.#epoch + 1}`, option, this.#count, steps);
    }
    return null;
  }

  /** Ends an epoch. */
  end(): void {
    this.#reader.end();
  }

  /** Closes the stream. */
  close(): void {
    this.#reader.close();
  }

  #copy({ inputs, targets, weights, shapes }: Dataset): Dataset {
    let next = 0;
    const hold = (values: Float32Array): Float32Array => {
      const at = next++;
      return this.#held[at] = copyInto(this.#held[at] ?? new Float32Array(0), values);
    };
    const copy = ({ data, shape }: Tensor): Tensor => new Tensor(hold(data), shape);
    return new Dataset(inputs.map(copy), targets.map(copy), weights.map((each) => each && hold(each)), { shapes });
  }
}

/** Copies values into the memory of an array, or of a longer one where it is too short. */
function copyInto(array: Float32Array, values: Float32Array): Float32Array {
  let copy = array;
  if (array.length !== values.length) {
    const fits = array.buffer.byteLength >= values.byteLength;
    copy = fits ? new Float32Array(array.buffer, 0, values.length) : new Float32Array(values.length);
  }
  copy.set(values);
  return copy;
}
