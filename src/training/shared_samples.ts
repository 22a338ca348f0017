import type { Tensor } from "../tensor/tensor.ts";
import { PLACES, WORDS_OF_PLACE } from "./gather_first.ts";
import type { Trainer } from "./trainer.ts";

/** Samples of more bytes are not copied. */
const MAX_BYTES = 256 * 2 ** 20;

/** A copy of samples in the model's memory, where every thread can gather its rows of a batch. */
export class SharedSamples {
  readonly #trainer: Trainer;
  /** Where the samples of each input begin, and then their order, in bytes. */
  readonly #offsets: readonly number[];
  readonly #orderAt: number;
  #ordered = false;

  /** Whether the samples are small enough to be copied. */
  static fits(inputs: readonly { readonly data: { readonly byteLength: number } }[]): boolean {
    return inputs.reduce((sum, { data }) => sum + data.byteLength, 0) <= MAX_BYTES;
  }

  /**
   * @param inputs the samples of each input
   * @param count how many samples an epoch has
   * @throws RangeError if there is not enough memory
   */
  constructor(trainer: Trainer, inputs: readonly Tensor[], count: number) {
    this.#trainer = trainer;
    let end = 0;
    this.#offsets = inputs.map(({ data }) => {
      const at = end;
      end += Math.ceil(data.byteLength / 64) * 64;
      return at;
    });
    this.#orderAt = end;
    const { memory } = trainer;
    memory.keep(end + 4 * count, "samples");
    inputs.forEach(({ data }, i) => {
      new Float32Array(memory.memory.buffer, memory.keptAddress + this.#offsets[i], data.length).set(data);
    });
  }

  /** Sets the order in which the samples come; null: as they are. */
  setOrder(order: Uint32Array | null): void {
    this.#ordered = order !== null;
    if (order === null) return;
    const { memory, keptAddress } = this.#trainer.memory;
    new Uint32Array(memory.buffer, keptAddress + this.#orderAt, order.length).set(order);
  }

  /** Says which batch the next program gathers: the samples from `from` on in their order. */
  place(from: number): void {
    const { keptAddress } = this.#trainer.memory;
    const places = this.#trainer.viewOf(PLACES);
    const words = new Uint32Array(places.buffer, places.byteOffset, places.length);
    for (let i = 0; i < this.#offsets.length; i++) {
      words[WORDS_OF_PLACE * i] = keptAddress + this.#offsets[i];
      words[WORDS_OF_PLACE * i + 1] = this.#ordered ? keptAddress + this.#orderAt : 0;
      words[WORDS_OF_PLACE * i + 2] = from;
    }
  }
}
