import { checkInteger } from "../errors/check_integer.ts";
import { normalPair } from "./normal_pair.ts";
import { philox4x32 } from "./philox.ts";

/**
 * A sequence of random numbers that is a function of (seed, stream, step): word i is word i mod 4 of Philox block ⌊i/4⌋,
 * with the counter [block low, block high, step, stream] and the key [seed low 32 bits, seed high bits].
 *
 * ```ts ignore
 * const random = new RandomStream(7, streamOf("init", 0));
 * random.nextUniform(); // a float32 in [0, 1)
 * ```
 */
export class RandomStream {
  readonly #seedLow: number;
  readonly #seedHigh: number;
  readonly #stream: number;
  readonly #step: number;
  readonly #words = new Uint32Array(4);
  readonly #pair = new Float64Array(2);
  #block = 0;
  #nextWord = 4;
  #pairReady = false;

  /**
   * Starts at word 0 of a stream.
   *
   * @param seed The seed of the run, an integer from 0 to 2^53 − 1.
   * @param stream The stream, see `streamOf`, an integer from 0 to 2^32 − 1.
   * @param step The training step or epoch, an integer from 0 to 2^32 − 1; 0 by default.
   * @throws {RangeError} If one of them is out of range.
   */
  constructor(seed: number, stream: number, step: number = 0) {
    const what = "create random stream";
    checkInteger(what, "seed", seed, { min: 0 });
    this.#seedLow = seed >>> 0;
    this.#seedHigh = Math.floor(seed / 0x100000000);
    this.#stream = checkInteger(what, "stream", stream, { min: 0, max: 0xffffffff });
    this.#step = checkInteger(what, "step", step, { min: 0, max: 0xffffffff });
  }

  /** The next word, an integer from 0 to 2^32 − 1. */
  nextUint32(): number {
    if (this.#nextWord === 4) {
      const block = this.#block++;
      const high = Math.floor(block / 0x100000000);
      philox4x32(block >>> 0, high, this.#step, this.#stream, this.#seedLow, this.#seedHigh, this.#words);
      this.#nextWord = 0;
    }
    return this.#words[this.#nextWord++];
  }

  /** The next number in [0, 1), a multiple of 2^-24 and so exact in float32. Takes one word. */
  nextUniform(): number {
    return (this.nextUint32() >>> 8) * 2 ** -24;
  }

  /** The next number of the standard normal distribution, float64 (Box-Muller). Two numbers take two words. */
  nextNormal(): number {
    if (this.#pairReady) {
      this.#pairReady = false;
      return this.#pair[1];
    }
    const word0 = this.nextUint32();
    normalPair(word0, this.nextUint32(), this.#pair);
    this.#pairReady = true;
    return this.#pair[0];
  }

  /**
   * The next integer from 0 to n − 1, all equally likely. Takes one word, seldom more (Lemire 2019, with rejection).
   *
   * @param n How many integers there are, from 1 to 2^32.
   * @returns The integer.
   * @throws {RangeError} If n is out of range.
   */
  nextInteger(n: number): number {
    checkInteger("draw random integer", "n", n, { min: 1, max: 0x100000000 });
    if (n === 0x100000000) return this.nextUint32();
    // word · n < 2^64 is cut into word · (n's high half) and word · (n's low half), each exact in float64.
    const upper = Math.floor(n / 0x10000);
    const lower = n % 0x10000;
    for (;;) {
      const word = this.nextUint32();
      const low = Math.imul(word, n) >>> 0;
      if (low < n && low < (0x100000000 - n) % n) continue;
      return Math.floor((word * upper + Math.floor(word * lower / 0x10000)) / 0x10000);
    }
  }
}
