// Normal numbers as a function of (seed, stream, step, element): elements 4k and 4k + 1 are made of the words 0 and 1 of Philox 4x32-10
// block k, elements 4k + 2 and 4k + 3 of the words 2 and 3, by Box and Muller's formula in float64. The arithmetic is that of
// src/tensor/normal_pair.ts, operation by operation, so the numbers are its numbers, rounded to float32.
import { madd } from "../simd/madd";
import {
  PHILOX_ROUNDS, philoxBlocks, philoxEven, philoxGrowth, philoxHigh, philoxKeys, philoxLow, philoxMultipliers, philoxOdd, philoxStep, philoxStream,
} from "../simd/philox";

/** 1/k for k = 23, 21, …, 1: artanh's series, innermost term first. */
const ODD = memory.data<f64>([
  0.043478260869565216, 0.047619047619047616, 0.05263157894736842, 0.058823529411764705, 0.06666666666666667, 0.07692307692307693,
  0.09090909090909091, 0.1111111111111111, 0.14285714285714285, 0.2, 0.3333333333333333, 1.0,
], 16);
/** k · (k − 1) and k · (k + 1) for k = 16, 14, …, 2: cosine's and sine's series. */
const FACTORS = memory.data<f64>([
  240.0, 272.0, 182.0, 210.0, 132.0, 156.0, 90.0, 110.0, 56.0, 72.0, 30.0, 42.0, 12.0, 20.0, 2.0, 6.0,
], 16);
/** Constants of the loops, which load them; see `number`. */
const NUMBERS = memory.data<f64>([
  1.0, -2.0, 2.0, 3.0, 0.5, 1073741824.0, 1.4629180792671596e-9, 1054.0, 0.7071067811865476, 0.6931471805599453,
], 16);
/** The bits of a float64 that are its fraction, and the exponent of ½. */
const BITS = memory.data<u64>([0x000FFFFFFFFFFFFF, 0x3FE0000000000000], 16);

/** 1 as a float32. */
const ONE = memory.data<f32>([1.0], 4);

/** Entry `index` of `NUMBERS` in both lanes: V8 builds a vector literal anew at each use in a loop. */
// @ts-ignore: decorator
@inline
function number(index: usize): v128 {
  return v128.load64_splat(NUMBERS + (index << 3));
}

/**
 * y = x + stddev · z, or with `multiply` y = x · (1 + stddev · z), z being the element's normal number.
 *
 * `step` is the address of a uint32. `first` is the index of the share's first element, a multiple of 4. y may be x. Whole vectors
 * are read and written, the padding behind n elements too.
 *
 * @param y written: n, whole vectors, may be x
 * @param x read: n
 * @param step read: 1
 * @param stddev scalar
 * @param multiply flag
 * @param seedLow scalar
 * @param seedHigh scalar
 * @param stream scalar
 * @param first count >= 0, multiple of 4
 * @param n count >= 0
 */
export function noise_forward(
  y: usize, x: usize, step: usize, stddev: f32, multiply: i32, seedLow: i32, seedHigh: i32, stream: i32, first: i32, n: i32,
): void {
  const deviation = f32x4.splat(stddev);
  const keys = philoxKeys(seedLow, seedHigh);
  const odd = philoxStream(stream);
  const even = philoxStep(step);
  const multipliers = philoxMultipliers();
  const growth = philoxGrowth();
  let block = <u32>first >> 2;
  let left = (n + 3) >> 2; // blocks to do
  while (left > 0) {
    let a = philoxBlocks(even, block);
    let b = odd;
    let key = keys;
    for (let round = 0; round < PHILOX_ROUNDS; round++) {
      const p = philoxLow(a, multipliers), q = philoxHigh(a, multipliers);
      a = philoxEven(p, q, b, key);
      b = philoxOdd(p, q);
      key = i32x4.add(key, growth);
    }
    for (let i = min(left, 2); i > 0; i--, x += 16, y += 16) {
      const z = normals(f64x2.convert_low_i32x4_u(a), f64x2.convert_low_i32x4_u(b));
      const v = v128.load(x);
      v128.store(y, multiply ? f32x4.mul(v, madd(z, deviation, v128.load32_splat(ONE))) : madd(z, deviation, v));
      a = v128.shuffle<i64>(a, a, 1, 0);
      b = v128.shuffle<i64>(b, b, 1, 0);
    }
    block += 2;
    left -= 2;
  }
}

/** The four normal numbers of two pairs of words. */
function normals(first: v128, second: v128): v128 {
  const radius = f64x2.sqrt(f64x2.mul(number(1), logOfFraction(f64x2.add(first, number(0)))));
  // 2πv = quadrant · π/2 + angle, with |angle| <= π/4.
  const quarter = number(5);
  const quadrant = f64x2.floor(f64x2.add(f64x2.div(second, quarter), number(4)));
  const angle = f64x2.mul(f64x2.sub(second, f64x2.mul(quadrant, quarter)), number(6));
  const square = f64x2.mul(angle, angle);
  const one = number(0);
  let cosine = one, sine = one;
  for (let at: usize = 0; at < 128; at += 16) {
    cosine = f64x2.sub(one, f64x2.div(f64x2.mul(cosine, square), v128.load64_splat(FACTORS + at)));
    sine = f64x2.sub(one, f64x2.div(f64x2.mul(sine, square), v128.load64_splat(FACTORS + at, 8)));
  }
  sine = f64x2.mul(sine, angle);
  const third = f64x2.eq(quadrant, number(3));
  const swap = v128.or(f64x2.eq(quadrant, one), third);
  const negative = v128.or(f64x2.eq(quadrant, number(2)), third);
  const signed = v128.bitselect(f64x2.neg(radius), radius, negative);
  const z0 = f64x2.mul(signed, v128.bitselect(f64x2.neg(sine), cosine, swap));
  const z1 = f64x2.mul(signed, v128.bitselect(cosine, sine, swap));
  return v128.shuffle<i32>(f32x4.demote_f64x2_zero(z0), f32x4.demote_f64x2_zero(z1), 0, 4, 1, 5);
}

/** ln(n · 2⁻³²) for integers n from 1 to 2^32: ln m = 2 artanh((m − 1)/(m + 1)) with m in [√½, √2). */
// @ts-ignore: decorator
@inline
function logOfFraction(n: v128): v128 {
  const high = i64x2.shr_u(n, 52);
  let exponent = f64x2.sub(f64x2.convert_low_i32x4_s(v128.shuffle<i32>(high, high, 0, 2, 0, 2)), number(7));
  const one = number(0);
  let m = v128.or(v128.and(n, v128.load64_splat(BITS)), v128.load64_splat(BITS, 8)); // exact, in [½, 1)
  const low = f64x2.lt(m, number(8));
  m = v128.bitselect(f64x2.add(m, m), m, low);
  exponent = f64x2.sub(exponent, v128.and(low, one));
  const s = f64x2.div(f64x2.sub(m, one), f64x2.add(m, one));
  const square = f64x2.mul(s, s);
  let sum = v128.load64_splat(ODD);
  for (let at: usize = 8; at < 96; at += 8) sum = f64x2.add(f64x2.mul(sum, square), v128.load64_splat(ODD + at));
  return f64x2.add(f64x2.mul(exponent, number(9)), f64x2.mul(f64x2.mul(number(2), s), sum));
}
