import { coefficient } from "./coefficient";
import { madd } from "./madd";
import { select } from "./select";

// 0-2: the polynomial of the sine; 3-5: that of the cosine; 6: -1/2; 7: one; 8: 2^27, the bound of the quick reduction; 9: the sign bit;
// 10: zero.
export const SINE = memory.data<f32>([
  -0.16666655242443085, 0.008332188241183758, -0.0001951809972524643, 0.04166664555668831, -0.00138873013202101,
  2.443066841806285e-05, -0.5, 1, 134217728, -0.0, 0,
]);

// 0: no quarter of a turn, for the sine; 1: one, for the cosine.
const AHEAD = memory.data<i32>([0, 1]);

// 0: 2/π; 1-3: π/2 in three parts, of which the first two have 25 bits, so that less than 2^28 times them is exact.
const QUARTERS = memory.data<f64>([
  0.6366197723675814, 1.5707963109016418, 1.5893254712295857e-08, 6.123233995736766e-17,
]);

// The first 224 bits behind the point of 2/π.
const INVERSE = memory.data<u32>([
  0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0, 0xdb629599, 0x3c439041, 0xfe5163ab,
]);

/** Entry `index` of QUARTERS, in both lanes. */
// @ts-ignore: decorator
@inline
function quarter(index: usize): v128 {
  return v128.load64_splat(QUARTERS + (index << 3));
}

/** v − n π/2 for |v| < 2^27 and the nearest whole number n of quarter turns, two lanes of float64. */
// @ts-ignore: decorator
@inline
function rest(v: v128, n: v128): v128 {
  const near = f64x2.sub(f64x2.sub(v, f64x2.mul(n, quarter(1))), f64x2.mul(n, quarter(2)));
  return f64x2.sub(near, f64x2.mul(n, quarter(3)));
}

/** 32 bits of 2/π from bit `at` behind the point on. */
// @ts-ignore: decorator
@inline
function bitsFrom(at: u32): u64 {
  const p = INVERSE + (<usize>(at >> 5) << 2);
  return (((<u64>load<u32>(p)) << 32 | <u64>load<u32>(p, 4)) << <u64>(at & 31)) >> 32;
}

/**
 * The rest of a finite x with |x| >= 2^27, and the number of quarter turns that was taken off, modulo 4: the float32's bits below, the
 * number above. x is m · 2^s with m of 24 bits; of 2^s · 2/π only 96 bits count, those before them are whole turns.
 *
 * Source: Payne and Hanek, Radian reduction for trigonometric functions, 1983.
 */
function reduceFar(x: f32): u64 {
  const bits = reinterpret<u32>(x);
  const m = <u64>((bits & 0x7fffff) | 0x800000), at = ((bits >> 23) & 255) - 152;
  // A whole turn is 2^64.
  const turn = ((m * bitsFrom(at)) << 32) + m * bitsFrom(at + 32) + ((m * bitsFrom(at + 64)) >> 32);
  const n = (turn + (<u64>1 << 61)) >> 62;
  const r = <f32>(<f64>(<i64>(turn - (n << 62))) * 3.4061215800865545e-19); // π/2 / 2^62
  const isNegative = bits >> 31 != 0;
  return (isNegative ? (4 - n) & 3 : n & 3) << 32 | <u64>reinterpret<u32>(isNegative ? -r : r);
}

/**
 * sin(x + ahead · π/2), four lanes; `ahead` is 0 or 1.
 *
 * x is reduced to r = x − n π/2, |r| ≤ π/4: in float64 below 2^27, by the bits of 2/π above. Then sin r = r + r³ s(r²) or
 * cos r = 1 − r²/2 + r⁴ c(r²), both minimax of degree 2 (tools/fit_polynomials.py); n says which, and the sign.
 */
// @ts-ignore: decorator
@inline
export function sine(x: v128, ahead: usize): v128 {
  const low = f64x2.promote_low_f32x4(x), high = f64x2.promote_low_f32x4(i64x2.shuffle(x, x, 1, 1));
  const a = f64x2.nearest(f64x2.mul(low, quarter(0))), b = f64x2.nearest(f64x2.mul(high, quarter(0)));
  let r = i64x2.shuffle(f32x4.demote_f64x2_zero(rest(low, a)), f32x4.demote_f64x2_zero(rest(high, b)), 0, 2);
  let n = i64x2.shuffle(i32x4.trunc_sat_f64x2_s_zero(a), i32x4.trunc_sat_f64x2_s_zero(b), 0, 2);
  r = select(i32x4.eq(n, coefficient(SINE, 10)), x, r); // -0 would have become 0
  const far = f32x4.ge(f32x4.abs(x), coefficient(SINE, 8));
  if (v128.any_true(far)) {
    for (let lane = 0; lane < 4; lane++) {
      if (i32x4.bitmask(far) >> lane & 1) {
        const v = f32x4.extract_lane(x, 0);
        if (abs(v) < Infinity) {
          const found = reduceFar(v);
          r = i32x4.replace_lane(r, 0, <i32>found), n = i32x4.replace_lane(n, 0, <i32>(found >> 32));
        }
      }
      // All lanes have been the first one once.
      x = i32x4.shuffle(x, x, 1, 2, 3, 0), r = i32x4.shuffle(r, r, 1, 2, 3, 0), n = i32x4.shuffle(n, n, 1, 2, 3, 0);
    }
  }
  n = i32x4.add(n, coefficient(AHEAD, ahead));
  const z = f32x4.mul(r, r);
  const s = madd(madd(coefficient(SINE, 2), z, coefficient(SINE, 1)), z, coefficient(SINE, 0));
  const c = madd(madd(coefficient(SINE, 5), z, coefficient(SINE, 4)), z, coefficient(SINE, 3));
  const sin = select(f32x4.eq(z, coefficient(SINE, 10)), r, madd(f32x4.mul(r, z), s, r)); // keeps the sign of zero
  const cos = madd(f32x4.mul(z, z), c, madd(z, coefficient(SINE, 6), coefficient(SINE, 7)));
  const isOdd = i32x4.shr_s(i32x4.shl(n, 31), 31);
  const sign = v128.and(i32x4.shl(n, 30), coefficient(SINE, 9));
  return v128.xor(select(isOdd, cos, sin), sign);
}
