// Batch normalisation of the columns of a matrix over all of its rows. Where a sample has few rows, threads share the columns and everything
// is done by one kernel a pass (`…_columns`). Else they share samples: each adds up blocks of samples (`batch_norm_moments`, `…_dots`), all
// fold all blocks in one order in float64 into work of their own (`…_fold`), and finish their rows (`…_apply`). Blocks never depend on the
// number of threads.
//
// Rows of sums, statistics and work are `pitch` bytes apart: the width as whole cache lines. The mean is two float32 numbers, mean + rest, so
// that it has its digits where the deviation is small beside it. Rows follow each other without a gap; their tails are read up to 12 bytes
// too far and written exactly.
import { columnDots, columnMoments } from "../simd/column_moments";
import { madd } from "../simd/madd";
import { storeTail } from "../simd/tail";

/** Columns that fit into a cache line. */
// @ts-ignore: decorator
@inline const STRIP: i32 = 16;
/** Rows that are added up before a sum moves on to the total. */
// @ts-ignore: decorator
@inline const ROWS: i32 = 256;
/** Elements of a matrix that stay in the first cache. */
// @ts-ignore: decorator
@inline const NEAR: i32 = 4096;

// @ts-ignore: decorator
@inline
function pitchOf(width: i32): usize {
  return (<usize>((width + 15) >> 4)) << 6;
}

/** Rows that are worked on column by column while they are in the cache; the order of addition depends on it. */
// @ts-ignore: decorator
@inline
function chunkOf(width: i32): i32 {
  return max(STRIP, min(ROWS, NEAR / width));
}

// @ts-ignore: decorator
@inline
function high(v: v128): v128 {
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
function settle(
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
function settleBackward(
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
function apply(y: usize, x: usize, mean: usize, factor: usize, shift: usize, rows: i32, columns: i32, stride: usize): void {
  const end = x + <usize>rows * stride;
  let j = 0;
  for (; j + STRIP <= columns; j += STRIP, mean += 64, factor += 64, shift += 64) {
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
function applyBackward(
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

/**
 * y[r, j] = (x[r, j] − mean) / √(variance + epsilon) · scale[j] + offset[j], and the statistics, for `columns` columns of matrices whose rows
 * are `width` elements apart.
 *
 * Shares are cut at multiples of 4 columns. mean, variance and rest are written by whole vectors, into their padding. `work` has room for
 * [5, 16]. scale, or offset, or both may be null.
 */
export function batch_norm_forward_columns(
  y: usize, mean: usize, variance: usize, rest: usize, work: usize, x: usize, scale: usize, offset: usize, epsilon: f32, rows: i32, columns: i32,
  width: i32,
): void {
  const stride = (<usize>width) << 2;
  const count = <f64>rows;
  const share = f64x2.splat(1 / count);
  for (let j = 0; j < columns; j += STRIP) {
    const strip = min(STRIP, columns - j);
    columnMoments(work, 64, x, rows, strip, stride, ROWS);
    for (let i: usize = 0, all = (<usize>strip) << 2; i < all; i += 16) {
      const at = work + i;
      const m = v128.load(at), s = v128.load(at, 64), q = v128.load(at, 128);
      const s0 = f64x2.promote_low_f32x4(s), s1 = high(s);
      const d0 = f64x2.mul(s0, share), d1 = f64x2.mul(s1, share);
      settle(
        mean + i, variance + i, rest + i, at + 192, at + 256, scale ? scale + i : 0, offset ? offset + i : 0,
        f64x2.add(f64x2.promote_low_f32x4(m), d0), f64x2.add(high(m), d1),
        f64x2.sub(f64x2.promote_low_f32x4(q), f64x2.mul(s0, d0)), f64x2.sub(high(q), f64x2.mul(s1, d1)), count, <f64>epsilon,
      );
    }
    apply(y, x, mean, work + 192, work + 256, rows, strip, stride);
    x += 64, y += 64, mean += 64, variance += 64, rest += 64;
    if (scale) scale += 64;
    if (offset) offset += 64;
  }
}

/**
 * dx, dscale and doffset for `columns` columns, from the statistics. Shares, padding and scale are as in `batch_norm_forward_columns`; `work` has
 * room for [5, 16].
 */
export function batch_norm_backward_columns(
  dx: usize, dscale: usize, doffset: usize, work: usize, dy: usize, x: usize, mean: usize, variance: usize, rest: usize, scale: usize, epsilon: f32,
  rows: i32, columns: i32, width: i32,
): void {
  const stride = (<usize>width) << 2;
  for (let j = 0; j < columns; j += STRIP) {
    const strip = min(STRIP, columns - j);
    columnDots(work, 64, dy, x, mean, rows, strip, stride, ROWS);
    for (let i: usize = 0, all = (<usize>strip) << 2; i < all; i += 16) {
      const at = work + i;
      const s = v128.load(at), d = v128.load(at, 64);
      settleBackward(
        dscale + i, doffset + i, at + 128, at + 192, at + 256, variance + i, rest + i, scale ? scale + i : 0,
        f64x2.promote_low_f32x4(s), high(s), f64x2.promote_low_f32x4(d), high(d), <f64>rows, <f64>epsilon,
      );
    }
    applyBackward(dx, dy, x, mean, work + 128, 64, rows, strip, stride);
    dx += 64, dy += 64, x += 64, dscale += 64, doffset += 64, mean += 64, variance += 64, rest += 64;
    if (scale) scale += 64;
  }
}

/** blocks[b] = columnMoments of `each` samples (the last block of fewer), `positions` rows each. */
export function batch_norm_moments(blocks: usize, x: usize, samples: i32, each: i32, positions: i32, width: i32): void {
  const stride = (<usize>width) << 2;
  const pitch = pitchOf(width);
  for (; samples > 0; samples -= each, blocks += 3 * pitch) {
    const rows = min(each, samples) * positions;
    columnMoments(blocks, pitch, x, rows, width, stride, chunkOf(width));
    x += <usize>rows * stride;
  }
}

/** blocks[b] = columnDots of `each` samples (the last block of fewer), `positions` rows each. */
export function batch_norm_dots(blocks: usize, dy: usize, x: usize, mean: usize, samples: i32, each: i32, positions: i32, width: i32): void {
  const stride = (<usize>width) << 2;
  const pitch = pitchOf(width);
  for (; samples > 0; samples -= each, blocks += 2 * pitch) {
    const rows = min(each, samples) * positions;
    columnDots(blocks, pitch, dy, x, mean, rows, width, stride, chunkOf(width));
    x += <usize>rows * stride;
    dy += <usize>rows * stride;
  }
}

/** work = mean, variance, rest, factor, shift of all columns, from the moments of all blocks. scale, or offset, or both may be null. */
export function batch_norm_fold(
  work: usize, blocks: usize, scale: usize, offset: usize, epsilon: f32, samples: i32, each: i32, positions: i32, width: i32,
): void {
  const pitch = pitchOf(width);
  const count = <f64>samples * <f64>positions;
  const share = f64x2.splat(1 / count);
  for (let j = 0; j < width; j += 4, work += 16, blocks += 16) {
    let m0 = f64x2.splat(0), m1 = m0, q0 = m0, q1 = m0;
    let p = blocks;
    for (let left = samples; left > 0; left -= each, p += 3 * pitch) {
      const n = f64x2.splat(<f64>(min(each, left) * positions));
      const m = v128.load(p), s = v128.load(p + pitch);
      m0 = f64x2.add(m0, f64x2.add(f64x2.mul(n, f64x2.promote_low_f32x4(m)), f64x2.promote_low_f32x4(s)));
      m1 = f64x2.add(m1, f64x2.add(f64x2.mul(n, high(m)), high(s)));
    }
    m0 = f64x2.mul(m0, share), m1 = f64x2.mul(m1, share);
    p = blocks;
    for (let left = samples; left > 0; left -= each, p += 3 * pitch) {
      // Σ (x − mean)² = Σ (x − m)² + d · (2 Σ (x − m) + n d) with d = m − mean.
      const n = f64x2.splat(<f64>(min(each, left) * positions));
      const m = v128.load(p), s = v128.load(p + pitch), q = v128.load(p + (pitch << 1));
      const s0 = f64x2.promote_low_f32x4(s), s1 = high(s);
      const d0 = f64x2.sub(f64x2.promote_low_f32x4(m), m0), d1 = f64x2.sub(high(m), m1);
      q0 = f64x2.add(q0, f64x2.add(f64x2.promote_low_f32x4(q), f64x2.mul(d0, f64x2.add(f64x2.add(s0, s0), f64x2.mul(n, d0)))));
      q1 = f64x2.add(q1, f64x2.add(high(q), f64x2.mul(d1, f64x2.add(f64x2.add(s1, s1), f64x2.mul(n, d1)))));
    }
    settle(
      work, work + pitch, work + (pitch << 1), work + 3 * pitch, work + (pitch << 2), scale, offset, m0, m1, q0, q1, count, <f64>epsilon,
    );
    if (scale) scale += 16;
    if (offset) offset += 16;
  }
}

/** work = dscale, doffset, then what `batch_norm_apply_backward` needs, of all columns, from the dots of all blocks. scale may be null. */
export function batch_norm_fold_backward(
  work: usize, blocks: usize, variance: usize, rest: usize, scale: usize, epsilon: f32, samples: i32, each: i32, positions: i32, width: i32,
): void {
  const pitch = pitchOf(width);
  for (let j = 0; j < width; j += 4, work += 16, blocks += 16, variance += 16, rest += 16) {
    let s0 = f64x2.splat(0), s1 = s0, d0 = s0, d1 = s0;
    let p = blocks;
    for (let left = samples; left > 0; left -= each, p += 2 * pitch) {
      const s = v128.load(p), d = v128.load(p + pitch);
      s0 = f64x2.add(s0, f64x2.promote_low_f32x4(s)), s1 = f64x2.add(s1, high(s));
      d0 = f64x2.add(d0, f64x2.promote_low_f32x4(d)), d1 = f64x2.add(d1, high(d));
    }
    settleBackward(
      work, work + pitch, work + (pitch << 1), work + 3 * pitch, work + (pitch << 2), variance, rest, scale, s0, s1, d0, d1,
      <f64>samples * <f64>positions, <f64>epsilon,
    );
    if (scale) scale += 16;
  }
}

/** y = (x − mean) · factor + shift, with the work of `batch_norm_fold`. */
export function batch_norm_apply(y: usize, x: usize, work: usize, rows: i32, width: i32): void {
  const stride = (<usize>width) << 2;
  const pitch = pitchOf(width);
  for (const chunk = chunkOf(width); rows > 0; rows -= chunk, y += <usize>chunk * stride, x += <usize>chunk * stride) {
    apply(y, x, work, work + 3 * pitch, work + (pitch << 2), min(chunk, rows), width, stride);
  }
}

/** dx from dy and x, with the statistics' mean and the work of `batch_norm_fold_backward`. dx may be dy. */
export function batch_norm_apply_backward(dx: usize, dy: usize, x: usize, mean: usize, work: usize, rows: i32, width: i32): void {
  const stride = (<usize>width) << 2;
  const pitch = pitchOf(width);
  for (const chunk = chunkOf(width); rows > 0; rows -= chunk) {
    const size = <usize>chunk * stride;
    applyBackward(dx, dy, x, mean, work + (pitch << 1), pitch, min(chunk, rows), width, stride);
    dx += size, dy += size, x += size;
  }
}
