// What is said of the values of a layer, in one pass over them.
import { maxLanes } from "../simd/lanes";
import { tailMask } from "../simd/tail";

// @ts-ignore: decorator
@inline
function high(v: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 0, 1));
}

/**
 * Seven float64 numbers of the n elements of x: x[0], Σ (x − x[0]), Σ (x − x[0])², the least, the largest, how many are 0, and how many are
 * not within low … high. Sums are float64 chains over every fourth element, about x[0], so that a spread that is small beside the mean has
 * digits; their order depends on n alone. NaN shows in the sums, the least and the largest. Up to 12 bytes behind x are read and ignored.
 *
 * @param y written: 14
 * @param x read: n
 * @param low scalar
 * @param up scalar
 * @param n count >= 1
 */
export function statistics(y: usize, x: usize, low: f32, up: f32, n: i32): void {
  const zero = f32x4.splat(0), first = v128.load32_splat(x), about = f64x2.promote_low_f32x4(first);
  const from = f32x4.splat(low), to = f32x4.splat(up);
  let s0 = f64x2.splat(0), s1 = s0, q0 = s0, q1 = s0, least = f32x4.splat(Infinity), most = f32x4.neg(least), zeros = zero, outside = zero;
  for (; n > 0; n -= 4, x += 16) {
    const mask = tailMask(min(n, 4)), v = v128.bitselect(v128.load(x), first, mask);
    const a = f64x2.sub(f64x2.promote_low_f32x4(v), about), b = f64x2.sub(high(v), about);
    s0 = f64x2.add(s0, a), q0 = f64x2.add(q0, f64x2.mul(a, a));
    s1 = f64x2.add(s1, b), q1 = f64x2.add(q1, f64x2.mul(b, b));
    least = f32x4.min(least, v), most = f32x4.max(most, v);
    zeros = i32x4.sub(zeros, v128.and(f32x4.eq(v, zero), mask));
    outside = i32x4.sub(outside, v128.and(v128.or(f32x4.lt(v, from), f32x4.gt(v, to)), mask));
  }
  s0 = f64x2.add(s0, s1), q0 = f64x2.add(q0, q1);
  store<f64>(y, <f64>f32x4.extract_lane(first, 0));
  store<f64>(y, f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1), 8);
  store<f64>(y, f64x2.extract_lane(q0, 0) + f64x2.extract_lane(q0, 1), 16);
  store<f64>(y, -<f64>maxLanes(f32x4.neg(least)), 24);
  store<f64>(y, <f64>maxLanes(most), 32);
  for (let i = 0; i < 2; i++, y += 8) {
    const c = i == 0 ? zeros : outside;
    const pairs = i32x4.add(c, v128.shuffle<i32>(c, c, 2, 3, 0, 1));
    store<f64>(y, <f64>(i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1)), 40);
  }
}
