import { RandomStream } from "../../tensor/random_stream.ts";
import { SEARCH_STREAMS } from "./search_streams.ts";

/**
 * The Halton sequence: coordinate j of point i is the radical inverse of i in the j-th prime b, Σ dₖ b^(−k−1), dₖ being the
 * digits of i from the lowest. Points fill the unit cube evenly, the longer the finer.
 *
 * Scrambled, digit k of coordinate j goes through a random permutation of its own, leading zeros too. That keeps the evenness, takes
 * away the correlation between coordinates of large bases, and makes every point uniformly distributed.
 *
 * Sources: Halton 1960; Owen 2017, A randomized Halton algorithm in R.
 */
export class Halton {
  readonly #bases: readonly number[];
  /** Per coordinate and digit the digit that takes its place, one row after the other; null if not scrambled. */
  readonly #digits: readonly Uint16Array[] | null;

  /**
   * Sets up a sequence.
   *
   * @param dimensions The number of coordinates, at least 1.
   * @param seed The seed of the permutations, or null for the plain sequence.
   */
  constructor(dimensions: number, seed: number | null) {
    this.#bases = listPrimes(dimensions);
    this.#digits = seed === null ? null : this.#bases.map((base, j) => permuteDigits(base, j, seed));
  }

  /**
   * A coordinate of a point.
   *
   * @param index The number of the point, from 0.
   * @param dimension The number of the coordinate, from 0.
   * @returns A number in [0, 1).
   */
  at(index: number, dimension: number): number {
    const base = this.#bases[dimension];
    const digits = this.#digits?.[dimension];
    const count = countDigits(base);
    let sum = 0;
    let weight = 1 / base;
    // Unscrambled, the digits above the highest are zeros and add nothing.
    for (let k = 0; k < count && (digits !== undefined || index > 0); k++) {
      const digit = index % base;
      index = (index - digit) / base;
      sum += weight * (digits === undefined ? digit : digits[k * base + digit]);
      weight /= base;
    }
    return Math.min(sum, 1 - 2 ** -53);
  }
}

/** How many digits make up the 53 bits of a float64. */
function countDigits(base: number): number {
  return Math.ceil(53 / Math.log2(base));
}

function permuteDigits(base: number, dimension: number, seed: number): Uint16Array {
  const random = new RandomStream(seed, SEARCH_STREAMS.digits, dimension);
  const count = countDigits(base);
  const digits = new Uint16Array(count * base);
  for (let k = 0; k < count; k++) {
    const row = digits.subarray(k * base, (k + 1) * base);
    for (let i = 0; i < base; i++) {
      const j = random.nextInteger(i + 1);
      row[i] = row[j];
      row[j] = i;
    }
  }
  return digits;
}

function listPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
}
