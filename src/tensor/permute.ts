import { philox4x32 } from "./philox.ts";
import { streamOf } from "./streams.ts";

const SHUFFLE = streamOf("shuffle", 0);

/** Four words of Philox, read before `permuteInto` returns: nothing is kept from call to call. */
const words = new Uint32Array(4);

/**
 * Writes a random permutation of 0 … n−1, n being `out.length`: every order is equally likely (Fisher-Yates, integers by
 * Lemire's multiplication with rejection), and the order is a function of seed and step alone.
 *
 * @param out Where the permutation goes.
 * @param seed The seed of the run, an integer from 0 to 2^53 − 1.
 * @param step The epoch, an integer from 0 to 2^32 − 1.
 */
export function permuteInto(out: Uint32Array, seed: number, step: number): void {
  const n = out.length;
  const seedLow = seed >>> 0;
  const seedHigh = Math.floor(seed / 0x100000000);
  let block = 0;
  let next = 4;
  for (let i = 0; i < n; i++) out[i] = i;
  for (let i = n - 1; i > 0; i--) {
    const count = i + 1;
    let word: number;
    let low: number;
    do {
      if (next === 4) {
        philox4x32(block++, 0, step, SHUFFLE, seedLow, seedHigh, words);
        next = 0;
      }
      word = words[next++];
      low = Math.imul(word, count) >>> 0;
    } while (low < count && low < (0x100000000 - count) % count);
    const j = highProduct(word, count);
    const moved = out[i];
    out[i] = out[j];
    out[j] = moved;
  }
}

/** ⌊word · count / 2^32⌋, exact for all 32-bit words. */
function highProduct(word: number, count: number): number {
  if (count <= 0x200000) return Math.floor(word * count / 0x100000000); // the product is below 2^53
  const lower = Math.floor(word * (count % 0x10000) / 0x10000);
  return Math.floor((word * Math.floor(count / 0x10000) + lower) / 0x10000);
}
