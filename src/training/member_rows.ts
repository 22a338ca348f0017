import type { Population } from "../evolution/population.ts";
import type { PopulationLayout } from "../update/population_layout.ts";

/** The members of a population in a model's memory. */
export class MemberRows implements Population {
  readonly size: number;
  readonly scores: Float64Array;
  readonly isConstrained: boolean;
  readonly #block: Float32Array;
  readonly #layout: PopulationLayout;
  /** Which rows have weights that are not finite. */
  readonly #sick: Uint8Array;

  /** @param block the block of the members */
  constructor(layout: PopulationLayout, block: Float32Array, scores: Float64Array, isConstrained: boolean) {
    this.size = layout.size;
    this.scores = scores;
    this.isConstrained = isConstrained;
    this.#block = block;
    this.#layout = layout;
    this.#sick = new Uint8Array(scores.length);
    for (let row = 0; row < scores.length; row++) this.#look(row);
  }

  /** Whether all weights of a row are finite: others may have a finite loss all the same, where an activation is saturated. */
  isFinite(row: number): boolean {
    return this.#sick[row] === 0;
  }

  /** Notes whether rows from the first one on are finite, which something else has written. */
  see(rows: number): void {
    for (let row = 0; row < rows; row++) this.#look(row);
  }

  #look(row: number): void {
    const { stride } = this.#layout;
    let zero = 0;
    for (let i = row * stride; i < (row + 1) * stride; i++) zero += 0 * this.#block[i];
    this.#sick[row] = zero === 0 ? 0 : 1;
  }

  read(row: number, into: Float64Array): void {
    const { trained, stride } = this.#layout;
    let at = 0;
    for (const { slot, elements } of trained) {
      const begin = row * stride + slot;
      for (let i = begin; i < begin + elements; i++) into[at++] = this.#block[i];
    }
  }

  write(row: number, values: Float64Array): void {
    const { trained, stride } = this.#layout;
    let at = 0;
    for (const { slot, elements } of trained) {
      const begin = row * stride + slot;
      for (let i = begin; i < begin + elements; i++) this.#block[i] = values[at++];
    }
    this.#look(row);
  }

  copy(from: number, to: number): void {
    const { stride } = this.#layout;
    this.#block.copyWithin(to * stride, from * stride, (from + 1) * stride);
    this.scores[to] = this.scores[from];
    this.#sick[to] = this.#sick[from];
  }

  /** Reads the weights of a model into a row. */
  take(row: number, weights: Float32Array): void {
    const { trained, stride } = this.#layout;
    for (const { slot, offset, elements } of trained) {
      this.#block.set(weights.subarray(offset, offset + elements), row * stride + slot);
    }
  }

  /** Gives a model the weights of a row. */
  give(row: number, weights: Float32Array): void {
    const { trained, stride } = this.#layout;
    for (const { slot, offset, elements } of trained) {
      const begin = row * stride + slot;
      weights.set(this.#block.subarray(begin, begin + elements), offset);
    }
  }

  /** Whether a row has the weights of a model. */
  equals(row: number, weights: Float32Array): boolean {
    const { trained, stride } = this.#layout;
    return trained.every(({ slot, offset, elements }) => {
      const begin = row * stride + slot;
      for (let i = 0; i < elements; i++) if (this.#block[begin + i] !== weights[offset + i]) return false;
      return true;
    });
  }
}
