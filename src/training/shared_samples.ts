import type { ModelMemory } from "../workers/model_memory.ts";
import { GATHER_WORDS } from "./gather_first.ts";

/** Samples of more bytes are not copied. */
const MAX_BYTES = 256 * 2 ** 20;

/** A copy of samples in the model's memory, where every thread can gather its rows of a batch. */
export class SharedSamples {
  readonly #memory: ModelMemory;
  readonly #samplesBytes: number;
  #ordered = false;

  /** Whether the samples are small enough to be copied. */
  static fits(x: Float32Array): boolean {
    return x.byteLength <= MAX_BYTES;
  }

  /**
   * @param count how many samples an epoch has
   * @throws RangeError if there is not enough memory
   */
  constructor(memory: ModelMemory, x: Float32Array, count: number) {
    this.#memory = memory;
    this.#samplesBytes = Math.ceil(x.byteLength / 64) * 64;
    memory.keep(this.#samplesBytes + 4 * count, "samples");
    new Float32Array(memory.memory.buffer, memory.keptAddress, x.length).set(x);
  }

  /** Sets the order in which the samples come; null: as they are. */
  setOrder(order: Uint32Array | null): void {
    this.#ordered = order !== null;
    if (order === null) return;
    const { memory, keptAddress } = this.#memory;
    new Uint32Array(memory.buffer, keptAddress + this.#samplesBytes, order.length).set(order);
  }

  /** Says which batch the next program gathers: the samples from `from` on in their order. */
  place(from: number): void {
    const { keptAddress } = this.#memory;
    const step = this.#memory.view("step", GATHER_WORDS, 3);
    const words = new Uint32Array(step.buffer, step.byteOffset, 3);
    words[0] = keptAddress;
    words[1] = this.#ordered ? keptAddress + this.#samplesBytes : 0;
    words[2] = from;
  }
}
