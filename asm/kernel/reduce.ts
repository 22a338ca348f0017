// Sums over a whole tensor, in a fixed order: one thread computes them. The first two read up to 12 bytes behind an array and ignore them.
import { spanDot, spanSum } from "../simd/span_sum";

/**
 * y = Σ x
 *
 * @param y written: 1
 * @param x read: n
 * @param n count >= 0
 */
export function sum_all_forward(y: usize, x: usize, n: i32): void {
  store<f32>(y, <f32>spanSum(x, n));
}

/**
 * y = Σ x·w
 *
 * @param y written: 1
 * @param x read: n
 * @param w read: n
 * @param n count >= 0
 */
export function weighted_sum_forward(y: usize, x: usize, w: usize, n: i32): void {
  store<f32>(y, <f32>spanDot(x, w, n));
}

/**
 * y = Σ (x − x): 0 if every x is finite, else NaN. x is aligned to 16 bytes.
 *
 * @param y written: 1
 * @param x read: n
 * @param n count >= 0
 */
export function probe_finite(y: usize, x: usize, n: i32): void {
  let s0 = i32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
  const end = x + (<usize>n << 2), end4 = x + (<usize>(n & ~15) << 2);
  for (; x != end4; x += 64) {
    const v0 = v128.load(x), v1 = v128.load(x, 16), v2 = v128.load(x, 32), v3 = v128.load(x, 48);
    s0 = f32x4.add(s0, f32x4.sub(v0, v0)), s1 = f32x4.add(s1, f32x4.sub(v1, v1));
    s2 = f32x4.add(s2, f32x4.sub(v2, v2)), s3 = f32x4.add(s3, f32x4.sub(v3, v3));
  }
  for (; x != end; x += 4) {
    const v = v128.load32_zero(x);
    s0 = f32x4.add(s0, f32x4.sub(v, v));
  }
  s0 = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
  const low = f32x4.extract_lane(s0, 0) + f32x4.extract_lane(s0, 1);
  store<f32>(y, low + f32x4.extract_lane(s0, 2) + f32x4.extract_lane(s0, 3));
}

/**
 * What the rows of a loss count beside a mask: y = w·m / d, 0 where d is 0. Without `divide` d = 1, with `weighted` d = Σ w·m, else d = Σ m·c,
 * where c is 1 if it is not there.
 *
 * @param y written: n
 * @param w read: n
 * @param m read: n
 * @param c read: n, optional
 * @param divide flag
 * @param weighted flag
 * @param n count >= 0
 */
export function mask_weights_forward(y: usize, w: usize, m: usize, c: usize, divide: i32, weighted: i32, n: i32): void {
  const end = <usize>n << 2;
  let divisor: f64 = divide ? 0 : 1;
  if (divide) {
    for (let i: usize = 0; i < end; i += 4) {
      const mask = <f64>load<f32>(m + i);
      if (weighted) divisor += mask * <f64>load<f32>(w + i);
      else divisor += c ? mask * <f64>load<f32>(c + i) : mask;
    }
  }
  for (let i: usize = 0; i < end; i += 4) {
    const weight = <f64>load<f32>(w + i) * <f64>load<f32>(m + i);
    store<f32>(y + i, divisor == 0 ? 0 : <f32>(weight / divisor));
  }
}
