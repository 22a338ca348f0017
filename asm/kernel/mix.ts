// What batches are mixed by, as functions of (seed, stream, step): each kernel draws from Philox 4x32-10 blocks of its own, told apart by word 1
// of the counter.
import { exp_64 } from "../simd/exp_64";
import { logOfFraction } from "../simd/log_of_fraction";
import {
  PHILOX_ROUNDS, philoxBlocks, philoxEven, philoxGrowth, philoxHigh, philoxKeys, philoxLow, philoxMultipliers, philoxOdd, philoxStep, philoxStream,
} from "../simd/philox";
import { cosineOfTurn } from "../simd/turn";

/** Word 1 of the counters. */
const OF_BETA: i64 = 1;
const OF_ORDER: i64 = 2;

/**
 * Numbers of the beta distribution whose both parameters are alpha, which is itself uniform between `low` and `high` for each of them; element i
 * is made of block i. See src/ops/symmetric_beta.ts.
 *
 * @param y written: n
 * @param step read: 1
 * @param low scalar
 * @param high scalar
 * @param seedLow scalar
 * @param seedHigh scalar
 * @param stream scalar
 * @param first count >= 0
 * @param n count >= 0
 */
export function symmetric_beta_forward(
  y: usize, step: usize, low: f32, high: f32, seedLow: i32, seedHigh: i32, stream: i32, first: i32, n: i32,
): void {
  const keys = philoxKeys(seedLow, seedHigh);
  const odd = v128.or(philoxStream(stream), i64x2.splat(OF_BETA));
  const even = philoxStep(step);
  const multipliers = philoxMultipliers();
  const growth = philoxGrowth();
  for (let i = 0; i < n; i++, y += 4) {
    let a = philoxBlocks(even, <u32>(first + i));
    let b = odd;
    let key = keys;
    for (let round = 0; round < PHILOX_ROUNDS; round++) {
      const p = philoxLow(a, multipliers), q = philoxHigh(a, multipliers);
      a = philoxEven(p, q, b, key);
      b = philoxOdd(p, q);
      key = i32x4.add(key, growth);
    }
    const alpha = <f64>low + (<f64>high - <f64>low) * (<f64>(<u32>i32x4.extract_lane(a, 1) >> 8) * 5.9604644775390625e-8);
    const logarithm = logOfFraction(<f64><u32>i32x4.extract_lane(a, 0) + 1);
    const cosine = cosineOfTurn(<f64><u32>i32x4.extract_lane(b, 0) * 2.3283064365386963e-10);
    const ratio = (exp_64(-logarithm / alpha) - 1) * cosine * cosine;
    // A ratio of 0 · ∞ is of a number that lies in the middle.
    const apart: f64 = ratio > 0 ? 0.5 / sqrt(1 + 1 / ratio) : 0;
    store<f32>(y, <f32>(cosine < 0 ? 0.5 - apart : 0.5 + apart));
  }
}

/**
 * The numbers from 0 to n − 1 in an order in which all are equally likely, as floats: with word i of the stream, i takes the place
 * j = ⌊word · (i + 1) / 2^32⌋ of those before it, and what was there comes last.
 *
 * @param y written: n, whole vectors
 * @param step read: 1
 * @param seedLow scalar
 * @param seedHigh scalar
 * @param stream scalar
 * @param n count >= 0
 */
export function draw_order(y: usize, step: usize, seedLow: i32, seedHigh: i32, stream: i32, n: i32): void {
  const keys = philoxKeys(seedLow, seedHigh);
  const odd = v128.or(philoxStream(stream), i64x2.splat(OF_ORDER));
  const even = philoxStep(step);
  const multipliers = philoxMultipliers();
  const growth = philoxGrowth();
  // The words first, in the places where the numbers will be.
  let block: u32 = 0;
  let at = y;
  for (let left = (n + 3) >> 2; left > 0; left -= 2, block += 2, at += 32) {
    let a = philoxBlocks(even, block);
    let b = odd;
    let key = keys;
    for (let round = 0; round < PHILOX_ROUNDS; round++) {
      const p = philoxLow(a, multipliers), q = philoxHigh(a, multipliers);
      a = philoxEven(p, q, b, key);
      b = philoxOdd(p, q);
      key = i32x4.add(key, growth);
    }
    v128.store(at, v128.shuffle<i32>(a, b, 0, 4, 1, 5));
    if (left > 1) v128.store(at, v128.shuffle<i32>(a, b, 2, 6, 3, 7), 16);
  }
  for (let i = 0; i < n; i++) {
    const word = <u64>load<u32>(y + (<usize>i << 2));
    const j = <usize>((word * <u64>(i + 1)) >> 32);
    store<f32>(y + (<usize>i << 2), load<f32>(y + (j << 2)));
    store<f32>(y + (j << 2), <f32>i);
  }
}

/** The first pixel whose centre is at or behind a place, within 0 to `length`. */
// @ts-ignore: decorator
@inline
function from(place: f32, length: i32): i32 {
  return place > 0 ? (place < <f32>length ? <i32>ceil(<f64>place - 0.5) : length) : 0;
}

/**
 * y = x within a box of each image, or with `isOutside` beyond it, and 0 elsewhere. A box is x0, x1, y0, y1: columns c with
 * x0 <= c + ½ < x1, rows r with y0 <= r + ½ < y1.
 *
 * @param y written: n * height * width * channels, may be x
 * @param x read: n * height * width * channels
 * @param box read: n * 4
 * @param n count >= 0
 * @param height count >= 1
 * @param width count >= 1
 * @param channels count >= 1
 * @param isOutside flag
 */
export function select_box_forward(
  y: usize, x: usize, box: usize, n: i32, height: i32, width: i32, channels: i32, isOutside: i32,
): void {
  const pixel = <usize>channels << 2;
  const row = <usize>width * pixel;
  for (; n > 0; n--, box += 16) {
    const left = from(load<f32>(box), width), right = max(left, from(load<f32>(box, 4), width));
    const top = from(load<f32>(box, 8), height), bottom = from(load<f32>(box, 12), height);
    for (let r = 0; r < height; r++, x += row, y += row) {
      const isWithin = r >= top && r < bottom;
      const begin = isWithin ? <usize>left * pixel : 0, end = isWithin ? <usize>right * pixel : 0;
      if (isOutside) {
        memory.copy(y, x, begin);
        memory.fill(y + begin, 0, end - begin);
        memory.copy(y + end, x + end, row - end);
      } else {
        memory.fill(y, 0, begin);
        memory.copy(y + begin, x + begin, end - begin);
        memory.fill(y + end, 0, row - end);
      }
    }
  }
}
