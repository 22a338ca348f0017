// Uniform numbers as a function of (seed, stream, step, element): element i is made of the word i mod 4 of Philox 4x32-10 block ⌊i / 4⌋.
import {
  PHILOX_ROUNDS, philoxBlocks, philoxEven, philoxGrowth, philoxHigh, philoxKeys, philoxLow, philoxMultipliers, philoxOdd, philoxStep, philoxStream,
} from "../simd/philox";

/** 2^-24, which the loop loads: V8 builds a vector literal anew at each use. */
const UNIT = memory.data<f32>([5.9604644775390625e-8], 4);

/**
 * y = ⌊word / 2^8⌋ · 2^-24, from 0 to below 1, for the elements from `first` on, a multiple of 4.
 *
 * `step` is the address of a uint32.
 *
 * @param y written: n, whole vectors
 * @param step read: 1
 * @param seedLow scalar
 * @param seedHigh scalar
 * @param stream scalar
 * @param first count >= 0, multiple of 4
 * @param n count >= 0
 */
export function uniform_forward(
  y: usize, step: usize, seedLow: i32, seedHigh: i32, stream: i32, first: i32, n: i32,
): void {
  const keys = philoxKeys(seedLow, seedHigh);
  const odd = philoxStream(stream);
  const even = philoxStep(step);
  const multipliers = philoxMultipliers();
  const growth = philoxGrowth();
  let block = <u32>first >> 2;
  // Two pairs of blocks at a time: a round of one waits for the round before.
  for (let left = (n + 3) >> 2; left > 0; left -= 4, block += 4) {
    let a0 = philoxBlocks(even, block), a1 = philoxBlocks(even, block + 2);
    let b0 = odd, b1 = odd;
    let key = keys;
    for (let round = 0; round < PHILOX_ROUNDS; round++) {
      const p0 = philoxLow(a0, multipliers), q0 = philoxHigh(a0, multipliers);
      const p1 = philoxLow(a1, multipliers), q1 = philoxHigh(a1, multipliers);
      a0 = philoxEven(p0, q0, b0, key);
      a1 = philoxEven(p1, q1, b1, key);
      b0 = philoxOdd(p0, q0);
      b1 = philoxOdd(p1, q1);
      key = i32x4.add(key, growth);
    }
    for (let rest = left; rest > left - 4 && rest > 0; rest -= 2, y += 32) {
      v128.store(y, fraction(v128.shuffle<i32>(a0, b0, 0, 4, 1, 5)));
      if (rest > 1) v128.store(y, fraction(v128.shuffle<i32>(a0, b0, 2, 6, 3, 7)), 16);
      a0 = a1;
      b0 = b1;
    }
  }
}

// @ts-ignore: decorator
@inline
function fraction(words: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_u(i32x4.shr_u(words, 8)), v128.load32_splat(UNIT));
}
