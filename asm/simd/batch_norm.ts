// What the kernels of batch normalisation have in common: from sums to statistics and factors, and from these to rows.
import { madd } from "./madd";
import { storeTail } from "./tail";

/** The upper two lanes as float64. */
// @ts-ignore: decorator
@inline
export function high(v: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3));
}

// @ts-ignore: decorator
@inline
function demote(low: v128, high: v128): v128 {
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

/** 1 / √(variance + epsilon) · scale of two columns. */
// @ts-ignore: decorator
@inline
function inverseOf(variance: v128, epsilon: f64): v128 {
  return f64x2.div(f64x2.splat(1), f64x2.sqrt(f64x2.add(variance, f64x2.splat(epsilon))));
}

/**
 * The statistics of four columns from their mean and Σ (x − mean)², two float64 numbers each: mean, variance and rest; then what
 * y = (x − mean) · factor + shift is computed with.
 */
export function settle(
  mean: usize, variance: usize, rest: usize, factor: usize, shift: usize, scale: usize, offset: usize,
  means0: v128, means1: v128, squares0: v128, squares1: v128, count: f64, epsilon: f64,
): void {
  const n = f64x2.splat(count), zero = f64x2.splat(0);
  const v0 = f64x2.max(f64x2.div(squares0, n), zero), v1 = f64x2.max(f64x2.div(squares1, n), zero);
  const near = demote(means0, means1);
  const r0 = f64x2.sub(means0, f64x2.promote_low_f32x4(near)), r1 = f64x2.sub(means1, high(near));
  v128.store(mean, near);
  v128.store(variance, demote(v0, v1));
  v128.store(rest, demote(r0, r1));
  let f0 = inverseOf(v0, epsilon), f1 = inverseOf(v1, epsilon);
  if (scale) {
    const s = v128.load(scale);
    f0 = f64x2.mul(f0, f64x2.promote_low_f32x4(s)), f1 = f64x2.mul(f1, high(s));
  }
  let o0 = zero, o1 = zero;
  if (offset) {
    const o = v128.load(offset);
    o0 = f64x2.promote_low_f32x4(o), o1 = high(o);
  }
  v128.store(factor, demote(f0, f1));
  v128.store(shift, demote(f64x2.sub(o0, f64x2.mul(r0, f0)), f64x2.sub(o1, f64x2.mul(r1, f1))));
}

/**
 * The gradients of scale and offset for four columns from Σ dy and Σ dy · (x − mean), and the three numbers that
 * dx = dy · first + (x − mean) · second + third is computed with.
 */
export function settleBackward(
  dscale: usize, doffset: usize, first: usize, second: usize, third: usize, variance: usize, rest: usize, scale: usize,
  sums0: v128, sums1: v128, dots0: v128, dots1: v128, count: f64, epsilon: f64,
): void {
  const v = v128.load(variance), r = v128.load(rest);
  const r0 = f64x2.promote_low_f32x4(r), r1 = high(r);
  const i0 = inverseOf(f64x2.promote_low_f32x4(v), epsilon), i1 = inverseOf(high(v), epsilon);
  const s0 = f64x2.mul(i0, f64x2.sub(dots0, f64x2.mul(r0, sums0))), s1 = f64x2.mul(i1, f64x2.sub(dots1, f64x2.mul(r1, sums1)));
  v128.store(dscale, demote(s0, s1));
  v128.store(doffset, demote(sums0, sums1));
  let a0 = i0, a1 = i1;
  if (scale) {
    const s = v128.load(scale);
    a0 = f64x2.mul(a0, f64x2.promote_low_f32x4(s)), a1 = f64x2.mul(a1, high(s));
  }
  const n = f64x2.splat(-1 / count);
  const c0 = f64x2.mul(a0, n), c1 = f64x2.mul(a1, n);
  const b0 = f64x2.mul(f64x2.mul(c0, i0), s0), b1 = f64x2.mul(f64x2.mul(c1, i1), s1);
  v128.store(first, demote(a0, a1));
  v128.store(second, demote(b0, b1));
  v128.store(third, demote(f64x2.sub(f64x2.mul(c0, sums0), f64x2.mul(b0, r0)), f64x2.sub(f64x2.mul(c1, sums1), f64x2.mul(b1, r1))));
}

/** y = (x − mean) · factor + shift for `columns` columns. */
export function apply(y: usize, x: usize, mean: usize, factor: usize, shift: usize, rows: i32, columns: i32, stride: usize): void {
  const end = x + <usize>rows * stride;
  let j = 0;
  for (; j + 16 <= columns; j += 16, mean += 64, factor += 64, shift += 64) {
    const m0 = v128.load(mean), m1 = v128.load(mean, 16), m2 = v128.load(mean, 32), m3 = v128.load(mean, 48);
    const f0 = v128.load(factor), f1 = v128.load(factor, 16), f2 = v128.load(factor, 32), f3 = v128.load(factor, 48);
    const o0 = v128.load(shift), o1 = v128.load(shift, 16), o2 = v128.load(shift, 32), o3 = v128.load(shift, 48);
    const at = (<usize>j) << 2;
    for (let p = x + at, q = y + at; p < end; p += stride, q += stride) {
      const v = madd(f32x4.sub(v128.load(p, 48), m3), f3, o3);
      v128.store(q, v, 48);
      v128.store(q, madd(f32x4.sub(v128.load(p, 32), m2), f2, o2), 32);
      v128.store(q, madd(f32x4.sub(v128.load(p, 16), m1), f1, o1), 16);
      v128.store(q, madd(f32x4.sub(v128.load(p), m0), f0, o0));
    }
  }
  for (; j < columns; j += 4, mean += 16, factor += 16, shift += 16) {
    const m = v128.load(mean), f = v128.load(factor), o = v128.load(shift);
    const at = (<usize>j) << 2;
    const rest = columns - j;
    for (let p = x + at, q = y + at; p < end; p += stride, q += stride) {
      const v = madd(f32x4.sub(v128.load(p), m), f, o);
      if (rest >= 4) v128.store(q, v);
      else storeTail(q, v, rest);
    }
  }
}

/** dx = dy · first + (x − mean) · second + third for `columns` columns; first, second and third lie `pitch` bytes apart. */
export function applyBackward(
  dx: usize, dy: usize, x: usize, mean: usize, first: usize, pitch: usize, rows: i32, columns: i32, stride: usize,
): void {
  const end = x + <usize>rows * stride;
  let j = 0;
  for (; j + 8 <= columns; j += 8, mean += 32, first += 32) {
    const second = first + pitch, third = second + pitch;
    const m0 = v128.load(mean), m1 = v128.load(mean, 16), a0 = v128.load(first), a1 = v128.load(first, 16);
    const b0 = v128.load(second), b1 = v128.load(second, 16), c0 = v128.load(third), c1 = v128.load(third, 16);
    const at = (<usize>j) << 2;
    for (let p = x + at, q = dy + at, to = dx + at; p < end; p += stride, q += stride, to += stride) {
      const v = madd(v128.load(q, 16), a1, madd(f32x4.sub(v128.load(p, 16), m1), b1, c1));
      v128.store(to, v, 16);
      v128.store(to, madd(v128.load(q), a0, madd(f32x4.sub(v128.load(p), m0), b0, c0)));
    }
  }
  for (; j < columns; j += 4, mean += 16, first += 16) {
    const m = v128.load(mean), a = v128.load(first), b = v128.load(first + pitch), c = v128.load(first + (pitch << 1));
    const at = (<usize>j) << 2;
    const rest = columns - j;
    for (let p = x + at, q = dy + at, to = dx + at; p < end; p += stride, q += stride, to += stride) {
      const v = madd(v128.load(q), a, madd(f32x4.sub(v128.load(p), m), b, c));
      if (rest >= 4) v128.store(to, v);
      else storeTail(to, v, rest);
    }
  }
}
