import type { Population } from "../evolution/population.ts";
import type { PopulationLayout } from "../update/population_layout.ts";

/** The members of a population in a model's memory. */
export class MemberRows implements Population {
  readonly size: number;
  readonly scores: Float64Array;
  readonly isConstrained: boolean;
  readonly cells: Float32Array;
  readonly #block: Float32Array;
  readonly #layout: PopulationLayout;
  readonly #stride: number;
  /** Where each variable begins and ends in a row. */
  readonly #parts: Int32Array;
  #places: Int32Array | null = null;
  /** Which rows have weights that are not finite. */
  readonly #sick: Uint8Array;

  /** @param block the block of the members */
  constructor(layout: PopulationLayout, block: Float32Array, scores: Float64Array, isConstrained: boolean) {
    this.size = layout.size;
    this.scores = scores;
    this.isConstrained = isConstrained;
    this.cells = this.#block = block;
    this.#layout = layout;
    this.#stride = layout.stride;
    this.#parts = Int32Array.from(layout.trained.flatMap(({ slot, elements }) => [slot, slot + elements]));
    this.#sick = new Uint8Array(scores.length);
    for (let row = 0; row < scores.length; row++) this.#look(row);
  }

  /** Whether all weights of a row are finite: others may have a finite loss all the same, where an activation is saturated. */
  isFinite(row: number): boolean {
    return this.#sick[row] === 0;
  }

  /** Notes that something else has written the first rows, each as a row is moved by some finite numbers. */
  see(rows: number, about: number): void {
    this.#look(about);
    this.#sick.fill(this.#sick[about], 0, rows);
  }

  #look(row: number): void {
    const { stride } = this.#layout;
    let zero = 0;
    for (let i = row * stride; i < (row + 1) * stride; i++) zero += 0 * this.#block[i];
    this.#sick[row] = zero === 0 ? 0 : 1;
  }

  get places(): Int32Array {
    if (this.#places === null) {
      this.#places = new Int32Array(this.size);
      let at = 0;
      for (const { slot, elements } of this.#layout.trained) {
        for (let i = slot; i < slot + elements; i++) this.#places[at++] = i;
      }
    }
    return this.#places;
  }

  beginOf(row: number): number {
    return row * this.#stride;
  }

  note(row: number, isFinite: boolean): void {
    this.#sick[row] = isFinite ? 0 : 1;
  }

  read(row: number, into: Float64Array): void {
    const block = this.#block, parts = this.#parts, begin = row * this.#stride;
    for (let part = 0, at = 0; part < parts.length; part += 2) {
      const end = begin + parts[part + 1];
      for (let i = begin + parts[part]; i < end; i++) into[at++] = block[i];
    }
  }

  write(row: number, values: Float64Array): void {
    const block = this.#block, parts = this.#parts, begin = row * this.#stride;
    let zero = 0;
    for (let part = 0, at = 0; part < parts.length; part += 2) {
      const end = begin + parts[part + 1];
      for (let i = begin + parts[part]; i < end; i++) {
        block[i] = values[at++];
        zero += 0 * block[i];
      }
    }
    this.#sick[row] = zero === 0 ? 0 : 1;
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
