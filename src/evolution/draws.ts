import { checkInteger } from "../errors/check_integer.ts";
import { normalPair } from "../tensor/normal_pair.ts";
import { philox4x32 } from "../tensor/philox.ts";
import { streamOf } from "../tensor/streams.ts";

const STREAM = streamOf("evolution", 0);

/**
 * The random numbers of generations: a function of (seed, step, member, index). Word i of a member is word i mod 4 of the Philox block with
 * the counter [⌊i/4⌋, member, step, stream]. One object serves all members, one after the other, so that nothing is allocated.
 */
export class Draws {
  readonly #seedLow: number;
  readonly #seedHigh: number;
  readonly #words = new Uint32Array(4);
  readonly #pair = new Float64Array(2);
  #step = 0;
  #member = 0;
  #block = 0;
  #next = 4;
  #hasNormal = false;

  /** The numbers of a run. @param seed an integer from 0 to 2^53 − 1 */
  constructor(seed: number) {
    checkInteger("create random numbers", "seed", seed, { min: 0, max: Number.MAX_SAFE_INTEGER });
    this.#seedLow = seed >>> 0;
    this.#seedHigh = Math.floor(seed / 0x100000000);
  }

  /** Goes to the first number of a member in a step. */
  at(step: number, member: number): this {
    this.#step = step;
    this.#member = member;
    this.#block = 0;
    this.#next = 4;
    this.#hasNormal = false;
    return this;
  }

  /** The next word, an integer from 0 to 2^32 − 1. */
  word(): number {
    if (this.#next === 4) {
      philox4x32(this.#block++, this.#member, this.#step, STREAM, this.#seedLow, this.#seedHigh, this.#words);
      this.#next = 0;
    }
    return this.#words[this.#next++];
  }

  /** The next number in [0, 1), a multiple of 2^−32. */
  uniform(): number {
    return this.word() * 2 ** -32;
  }

  /** The next number of the standard normal distribution. Two numbers take two words. */
  normal(): number {
    if (this.#hasNormal) {
      this.#hasNormal = false;
      return this.#pair[1];
    }
    const first = this.word();
    normalPair(first, this.word(), this.#pair);
    this.#hasNormal = true;
    return this.#pair[0];
  }

  /** The next number of the standard Cauchy distribution: a quotient of two normal ones. */
  cauchy(): number {
    const above = this.normal();
    const below = this.normal();
    return below === 0 ? 0 : above / below;
  }

  /** The next integer from 0 to n − 1, for n up to 2^21: ⌊n · uniform⌋, whose odds differ by less than 2^−11 of themselves. */
  integer(n: number): number {
    return Math.floor(n * this.uniform());
  }
}
