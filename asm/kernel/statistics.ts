// What is said of the values of a layer, in one pass over them.
import { tailMask } from "../simd/tail";

/** Bytes that are gone over twice while they are in the first cache: two short loops are faster than a long one. */
// @ts-ignore: decorator
@inline const BLOCK: usize = 4096;

// @ts-ignore: decorator
@inline
function turn(v: v128): v128 {
  return v128.shuffle<f32>(v, v, 2, 3, 0, 1);
}

// @ts-ignore: decorator
@inline
function storeCount(y: usize, c: v128): void {
  const pairs = i32x4.add(c, v128.shuffle<i32>(c, c, 2, 3, 0, 1));
  store<f64>(y, <f64>(i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1)));
}

/**
 * Seven float64 numbers of the n elements of x: x[0], Σ (x − x[0]), Σ (x − x[0])², the least, the largest, how many are 0, and how many are
 * less than low or more than up. Without `all` only squares are added up: 0, 0, Σ x², and four times 0. Sums are float64 chains over every
 * fourth element, about x[0], so that a spread that is small beside the mean has digits; their order depends on n alone. NaN shows in the
 * sums; the other numbers may leave it out. Up to 12 bytes behind x are read and ignored.
 *
 * @param y written: 14
 * @param x read: n
 * @param all flag
 * @param low scalar
 * @param up scalar
 * @param n count >= 1
 */
export function statistics(y: usize, x: usize, all: i32, low: f32, up: f32, n: i32): void {
  const zero = f32x4.splat(0), first = all ? v128.load32_splat(x) : zero, about = f64x2.promote_low_f32x4(first);
  const from = f32x4.splat(low), to = f32x4.splat(up);
  let s0 = f64x2.splat(0), s1 = s0, q0 = s0, q1 = s0, least = first, most = first, zeros = zero, outside = zero;
  const rest = n & 3, whole = x + ((<usize>n >> 2) << 4);
  for (let isLast = x == whole; !isLast || rest; isLast = x == whole) {
    let end = min(x + BLOCK, whole);
    if (isLast) {
      // Behind the whole vectors comes one of what is left, beside as many x[0] as make it one. It stands in y, which is written later.
      v128.store(y, v128.bitselect(v128.load(x), first, tailMask(rest)));
      x = y, end = y + 16;
    }
    if (all) {
      for (let p = x; p < end; p += 16) {
        const v = v128.load(p);
        const a = f64x2.sub(f64x2.promote_low_f32x4(v), about), b = f64x2.sub(f64x2.promote_low_f32x4(turn(v)), about);
        s0 = f64x2.add(s0, a), q0 = f64x2.add(q0, f64x2.mul(a, a));
        s1 = f64x2.add(s1, b), q1 = f64x2.add(q1, f64x2.mul(b, b));
      }
      for (let p = x; p < end; p += 16) {
        const v = v128.load(p);
        least = f32x4.pmin(least, v), most = f32x4.pmax(most, v);
        zeros = i32x4.sub(zeros, f32x4.eq(v, zero));
        outside = i32x4.sub(outside, v128.or(f32x4.lt(v, from), f32x4.gt(v, to)));
      }
    } else {
      for (let p = x; p < end; p += 16) {
        const v = v128.load(p), a = f64x2.promote_low_f32x4(v), b = f64x2.promote_low_f32x4(turn(v));
        q0 = f64x2.add(q0, f64x2.mul(a, a)), q1 = f64x2.add(q1, f64x2.mul(b, b));
      }
    }
    if (isLast) break;
    x = end;
  }
  if (all && rest) {
    const more = v128.not(tailMask(rest));
    zeros = i32x4.add(zeros, v128.and(f32x4.eq(first, zero), more));
    outside = i32x4.add(outside, v128.and(v128.or(f32x4.lt(first, from), f32x4.gt(first, to)), more));
  }
  s0 = f64x2.add(s0, s1), q0 = f64x2.add(q0, q1);
  store<f64>(y, <f64>f32x4.extract_lane(first, 0));
  store<f64>(y, f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1), 8);
  store<f64>(y, f64x2.extract_lane(q0, 0) + f64x2.extract_lane(q0, 1), 16);
  least = f32x4.pmin(turn(least), least), most = f32x4.pmax(turn(most), most);
  store<f64>(y, <f64>min(f32x4.extract_lane(least, 0), f32x4.extract_lane(least, 1)), 24);
  store<f64>(y, <f64>max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)), 32);
  storeCount(y + 40, zeros);
  storeCount(y + 48, outside);
}
