import { checkInteger } from "../errors/check_integer.ts";
import { normalPair } from "../tensor/normal_pair.ts";
import { philox4x32 } from "../tensor/philox.ts";
import { wholeVectors } from "../tensor/whole_vectors.ts";
import type { DrawSource } from "./draw_source.ts";
import { streamOfNormals, streamOfUniforms } from "./row_streams.ts";

/**
 * The random numbers of generations: a function of (seed, step, row, index). Every row has a stream of uniform numbers and one of normal
 * numbers. One object serves all rows, one after the other, so that nothing is allocated. A source may fill what `expect` names many at a
 * time; uniform numbers are the same ones then, the first normal ones are those of the kernel `draw_normals`.
 */
export class Draws {
  readonly #seedLow: number;
  readonly #seedHigh: number;
  readonly #source: DrawSource | null;
  readonly #words = new Uint32Array(4);
  readonly #pair = new Float64Array(2);
  #step = 0;
  #row = 0;
  /** What is expected: rows of a step, and how many numbers of either kind each takes. */
  #expected = { step: -1, from: 0, to: 0, uniforms: 0, normals: 0 };
  /** The rows that are filled, and numbers from one to the next. */
  #filled = { from: 0, to: 0, stride: 0 };
  #values: Float32Array = NONE;
  /** Where the next numbers of either kind are in `#values`, and where those of the row end. */
  #uniformAt = 0;
  #uniformEnd = 0;
  #normalAt = 0;
  #normalEnd = 0;
  /** The index of the next number that is not filled, the block that `#words` holds for uniform ones, and the number of the pair in `#pair`. */
  #uniformIndex = 0;
  #normalIndex = 0;
  #block = -1;
  #pairIndex = -1;

  /**
   * The numbers of a run.
   *
   * @param seed an integer from 0 to 2^53 − 1
   * @param source what fills numbers in advance; null: nothing does
   */
  constructor(seed: number, source: DrawSource | null = null) {
    checkInteger("create random numbers", "seed", seed, { min: 0, max: Number.MAX_SAFE_INTEGER });
    this.#seedLow = seed >>> 0;
    this.#seedHigh = Math.floor(seed / 0x100000000);
    this.#source = source;
  }

  /** Says that each of the rows from `from` up to `to` will take so many uniform and so many normal numbers, or some more, in a step. */
  expect(step: number, [from, to]: readonly [number, number], uniforms: number, normals: number): void {
    if (this.#source === null) return;
    Object.assign(this.#expected, { step, from, to, uniforms, normals });
    this.#filled.to = this.#filled.from;
  }

  /** Goes to the first numbers of a row in a step. */
  at(step: number, row: number): this {
    this.#step = step;
    this.#row = row;
    this.#block = this.#pairIndex = -1;
    const { step: when, from, to, uniforms, normals } = this.#expected;
    if (step !== when || row < from || row >= to) {
      this.#uniformAt =
        this.#uniformEnd =
        this.#normalAt =
        this.#normalEnd =
          0;
      this.#uniformIndex = this.#normalIndex = 0;
      return this;
    }
    const filled = this.#filled;
    if (row < filled.from || row >= filled.to) {
      const { values, rows, stride } = this.#source!.fill(step, row, to, uniforms, normals);
      this.#values = values;
      filled.from = row;
      filled.to = row + rows;
      filled.stride = stride;
    }
    const begin = (row - filled.from) * filled.stride;
    this.#uniformAt = begin;
    this.#uniformEnd = begin + uniforms;
    this.#normalAt = begin + wholeVectors(uniforms);
    this.#normalEnd = this.#normalAt + normals;
    this.#uniformIndex = uniforms;
    this.#normalIndex = normals;
    return this;
  }

  /** The next number in [0, 1), a multiple of 2^−24. */
  uniform(): number {
    return this.#uniformAt < this.#uniformEnd ? this.#values[this.#uniformAt++] : this.#drawUniform();
  }

  #drawUniform(): number {
    const index = this.#uniformIndex++;
    const block = index >>> 2;
    if (block !== this.#block) {
      this.#block = block;
      philox4x32(block, 0, this.#step, streamOfUniforms(this.#row), this.#seedLow, this.#seedHigh, this.#words);
    }
    return (this.#words[index & 3] >>> 8) * 2 ** -24;
  }

  /** The next number of the standard normal distribution. */
  normal(): number {
    return this.#normalAt < this.#normalEnd ? this.#values[this.#normalAt++] : this.#drawNormal();
  }

  #drawNormal(): number {
    const index = this.#normalIndex++;
    if (index >>> 1 !== this.#pairIndex) {
      const words = this.#words;
      this.#block = -1;
      this.#pairIndex = index >>> 1;
      philox4x32(index >>> 2, 0, this.#step, streamOfNormals(this.#row), this.#seedLow, this.#seedHigh, words);
      normalPair(words[index & 2], words[(index & 2) + 1], this.#pair);
    }
    return this.#pair[index & 1];
  }

  /** The next number of the standard Cauchy distribution: a quotient of two normal ones. */
  cauchy(): number {
    const above = this.normal();
    const below = this.normal();
    return below === 0 ? 0 : above / below;
  }

  /** The next integer from 0 to n − 1, for n up to 2^40: ⌊n · uniform⌋, whose odds differ by less than 2^−8 of themselves. */
  integer(n: number): number {
    const coarse = this.uniform();
    return Math.floor(n * (n <= 0x10000 ? coarse : coarse + 2 ** -24 * this.uniform()));
  }
}

const NONE = new Float32Array(0);
