// The dropout mask is a function of (seed, stream, step, element): word i mod 4 of Philox 4x32-10 block ⌊i / 4⌋.

import {
  PHILOX_ROUNDS, philoxBlocks, philoxEven, philoxGrowth, philoxHigh, philoxKeys, philoxLow, philoxMultipliers, philoxOdd, philoxStep, philoxStream,
} from "../simd/philox";
import { storeTail } from "../simd/tail";

/**
 * y = x · scale where the word's upper 24 bits are at least `threshold`, else 0.
 *
 * `step` is the address of a uint32. `first` is the index of the share's first element, a multiple of 4. y may be x. Whole vectors
 * are read and written, the padding behind n elements too.
 *
 * @param y written: n, whole vectors, may be x
 * @param x read: n
 * @param step read: 1
 * @param scale scalar
 * @param threshold scalar
 * @param seedLow scalar
 * @param seedHigh scalar
 * @param stream scalar
 * @param first count >= 0, multiple of 4
 * @param n count >= 0
 */
export function dropout_forward(
  y: usize, x: usize, step: usize, scale: f32, threshold: i32, seedLow: i32, seedHigh: i32, stream: i32, first: i32, n: i32,
): void {
  draw(true, y, x, step, scale, threshold, seedLow, seedHigh, stream, first, n);
}

/**
 * The mask itself, as dropout_forward makes it of ones: `scale` or 0.
 *
 * @param mask written: n, whole vectors
 * @param step read: 1
 * @param scale scalar
 * @param threshold scalar
 * @param seedLow scalar
 * @param seedHigh scalar
 * @param stream scalar
 * @param first count >= 0, multiple of 4
 * @param n count >= 0
 */
export function dropout_mask(
  mask: usize, step: usize, scale: f32, threshold: i32, seedLow: i32, seedHigh: i32, stream: i32, first: i32, n: i32,
): void {
  draw(false, mask, 0, step, scale, threshold, seedLow, seedHigh, stream, first, n);
}

/**
 * y[u, i, j, k, l] = x[u, i, j, k, l] · mask[u, j, l] where the mask is not 0, else 0, for `units` of the sizes `s1`, `a1`, `s2`, `a2`.
 *
 * A unit's mask lies `stride` elements behind the one before. y may be x. Up to 12 bytes are read behind a row; rows are written exactly.
 *
 * @param y written: units * s1 * a1 * s2 * a2, may be x
 * @param x read: units * s1 * a1 * s2 * a2
 * @param mask read: rows(units, a1 * a2, stride)
 * @param units count >= 0
 * @param stride count >= 0
 * @param s1 count >= 1
 * @param a1 count >= 1
 * @param s2 count >= 1
 * @param a2 count >= 1
 */
export function mask_forward(
  y: usize, x: usize, mask: usize, units: i32, stride: i32, s1: i32, a1: i32, s2: i32, a2: i32,
): void {
  const width = a2 == 1 ? s2 : a2;
  const rows = a2 == 1 ? 1 : s2;
  const whole = (<usize>(width >> 2)) << 4;
  const rest = width & 3;
  const bytes = (<usize>width) << 2;
  for (let u = 0; u < units; u++) {
    for (let i = 0; i < s1; i++) {
      let m = mask;
      for (let j = 0; j < a1; j++, m += (<usize>a2) << 2) {
        for (let k = 0; k < rows; k++, x += bytes, y += bytes) {
          if (a2 == 1) {
            const one = v128.load32_splat(m);
            for (let at: usize = 0; at < whole; at += 16) v128.store(y + at, masked(v128.load(x + at), one));
            if (rest) storeTail(y + whole, masked(v128.load(x + whole), one), rest);
          } else {
            for (let at: usize = 0; at < whole; at += 16) v128.store(y + at, masked(v128.load(x + at), v128.load(m + at)));
            if (rest) storeTail(y + whole, masked(v128.load(x + whole), v128.load(m + whole)), rest);
          }
        }
      }
    }
    mask += (<usize>stride) << 2;
  }
}

// @ts-ignore: decorator
@inline
function masked(x: v128, mask: v128): v128 {
  return v128.and(f32x4.mul(x, mask), f32x4.ne(mask, f32x4.splat(0)));
}

/**
 * Four blocks at a time. Without `reads` every x is 1.
 */
// @ts-ignore: decorator
@inline
function draw(
  reads: bool, y: usize, x: usize, step: usize, scale: f32, threshold: i32, seedLow: i32, seedHigh: i32, stream: i32, first: i32, n: i32,
): void {
  const factor = f32x4.splat(scale);
  const least = i32x4.splat(threshold);
  const keys = philoxKeys(seedLow, seedHigh);
  const odd = philoxStream(stream);
  const even = philoxStep(step);
  const multipliers = philoxMultipliers();
  const growth = philoxGrowth();
  let block = <u32>first >> 2;
  let left = (n + 3) >> 2; // blocks to do
  while (left > 0) {
    let a0 = philoxBlocks(even, block);
    let a1 = philoxBlocks(even, block + 2);
    let b0 = odd;
    let b1 = odd;
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
    drop(reads, y, x, v128.shuffle<i32>(a0, b0, 0, 4, 1, 5), factor, least);
    if (left > 1) drop(reads, y + 16, x + 16, v128.shuffle<i32>(a0, b0, 2, 6, 3, 7), factor, least);
    if (left > 2) drop(reads, y + 32, x + 32, v128.shuffle<i32>(a1, b1, 0, 4, 1, 5), factor, least);
    if (left > 3) drop(reads, y + 48, x + 48, v128.shuffle<i32>(a1, b1, 2, 6, 3, 7), factor, least);
    x += 64;
    y += 64;
    block += 4;
    left -= 4;
  }
}

// @ts-ignore: decorator
@inline
function drop(reads: bool, y: usize, x: usize, words: v128, factor: v128, least: v128): void {
  const keep = i32x4.ge_s(i32x4.shr_u(words, 8), least);
  v128.store(y, v128.and(reads ? f32x4.mul(v128.load(x), factor) : factor, keep));
}
