// Batch normalisation where samples have many rows: threads share the samples. Each adds up blocks of them (`batch_norm_moments`, `…_dots`), all
// fold all blocks in one order in float64 into work of their own (`…_fold`), and finish their rows (`…_apply`). Blocks never depend on the
// number of threads.
//
// Rows of sums and of work are whole vectors, `pitch` bytes apart, filled up with zeros. The rows of matrices follow each other without a gap;
// their tails are read up to 12 bytes too far and written exactly.
import { apply, applyBackward, high, settle, settleBackward } from "../simd/batch_norm";
import { columnDots, columnMoments } from "../simd/column_moments";
import { tailMask } from "../simd/tail";

/** The most and the least rows that are added up before a sum moves on to the total. */
// @ts-ignore: decorator
@inline const MOST_ROWS: i32 = 256;
// @ts-ignore: decorator
@inline const LEAST_ROWS: i32 = 16;
/** Elements of a matrix that stay in the first cache. */
// @ts-ignore: decorator
@inline const NEAR: i32 = 4096;

// @ts-ignore: decorator
@inline
function pitchOf(width: i32): usize {
  return (<usize>((width + 3) >> 2)) << 4;
}

/** Zeros behind the ends of `rows` rows that lie `pitch` bytes apart. */
function clearTails(p: usize, pitch: usize, rows: i32, width: i32): void {
  const rest = width & 3;
  if (rest == 0) return;
  const mask = tailMask(rest);
  p += pitch - 16;
  for (; rows > 0; rows--, p += pitch) v128.store(p, v128.and(v128.load(p), mask));
}

/** Rows that are worked on column by column while they are in the cache; the order of addition depends on it. */
// @ts-ignore: decorator
@inline
function chunkOf(width: i32): i32 {
  return max(LEAST_ROWS, min(MOST_ROWS, NEAR / width));
}

/**
 * sums[b] = columnMoments of block first + b: `each` samples, `positions` rows each; the last block may have fewer.
 *
 * @param sums written: blocks * 3 * up(width, 4)
 * @param x read: min(blocks * each, samples - first * each) * positions * width
 * @param blocks count 0 .. ceil(samples, each) - first
 * @param first count 0 .. ceil(samples, each) - 1
 * @param samples count >= 1
 * @param each count >= 1
 * @param positions count >= 1
 * @param width count >= 1
 */
export function batch_norm_moments(
  sums: usize, x: usize, blocks: i32, first: i32, samples: i32, each: i32, positions: i32, width: i32,
): void {
  const stride = (<usize>width) << 2;
  const pitch = pitchOf(width);
  for (let left = samples - first * each; blocks > 0; blocks--, left -= each, sums += 3 * pitch) {
    const rows = min(each, left) * positions;
    columnMoments(sums, pitch, x, rows, width, stride, chunkOf(width));
    clearTails(sums, pitch, 3, width);
    x += <usize>rows * stride;
  }
}

/**
 * sums[b] = columnDots of block first + b: `each` samples, `positions` rows each; the last block may have fewer.
 *
 * @param sums written: blocks * 2 * up(width, 4)
 * @param dy read: min(blocks * each, samples - first * each) * positions * width
 * @param x read: min(blocks * each, samples - first * each) * positions * width
 * @param mean read: width
 * @param blocks count 0 .. ceil(samples, each) - first
 * @param first count 0 .. ceil(samples, each) - 1
 * @param samples count >= 1
 * @param each count >= 1
 * @param positions count >= 1
 * @param width count >= 1
 */
export function batch_norm_dots(
  sums: usize, dy: usize, x: usize, mean: usize, blocks: i32, first: i32, samples: i32, each: i32, positions: i32, width: i32,
): void {
  const stride = (<usize>width) << 2;
  const pitch = pitchOf(width);
  for (let left = samples - first * each; blocks > 0; blocks--, left -= each, sums += 2 * pitch) {
    const rows = min(each, left) * positions;
    columnDots(sums, pitch, dy, x, mean, rows, width, stride, chunkOf(width));
    clearTails(sums, pitch, 2, width);
    x += <usize>rows * stride;
    dy += <usize>rows * stride;
  }
}

/**
 * work = mean, variance, rest, factor, shift of all columns, from the moments of all blocks.
 *
 * @param work written: 5 * up(width, 4)
 * @param sums read: ceil(samples, each) * 3 * up(width, 4)
 * @param scale read: width, optional
 * @param offset read: width, optional
 * @param epsilon scalar
 * @param samples count >= 1
 * @param each count >= 1
 * @param positions count >= 1
 * @param width count >= 1
 */
export function batch_norm_fold(
  work: usize, sums: usize, scale: usize, offset: usize, epsilon: f32, samples: i32, each: i32, positions: i32, width: i32,
): void {
  const pitch = pitchOf(width);
  const start = work;
  const count = <f64>samples * <f64>positions;
  const share = f64x2.splat(1 / count);
  for (let j = 0; j < width; j += 4, work += 16, sums += 16) {
    let m0 = f64x2.splat(0), m1 = m0, q0 = m0, q1 = m0;
    let p = sums;
    for (let left = samples; left > 0; left -= each, p += 3 * pitch) {
      const n = f64x2.splat(<f64>(min(each, left) * positions));
      const m = v128.load(p), s = v128.load(p + pitch);
      m0 = f64x2.add(m0, f64x2.add(f64x2.mul(n, f64x2.promote_low_f32x4(m)), f64x2.promote_low_f32x4(s)));
      m1 = f64x2.add(m1, f64x2.add(f64x2.mul(n, high(m)), high(s)));
    }
    m0 = f64x2.mul(m0, share), m1 = f64x2.mul(m1, share);
    p = sums;
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
  clearTails(start, pitch, 5, width);
}

/**
 * work = dscale, doffset, then what `batch_norm_apply_backward` needs, of all columns, from the dots of all sums.
 *
 * @param work written: 5 * up(width, 4)
 * @param sums read: ceil(samples, each) * 2 * up(width, 4)
 * @param variance read: width
 * @param rest read: width
 * @param scale read: width, optional
 * @param epsilon scalar
 * @param samples count >= 1
 * @param each count >= 1
 * @param positions count >= 1
 * @param width count >= 1
 */
export function batch_norm_fold_backward(
  work: usize, sums: usize, variance: usize, rest: usize, scale: usize, epsilon: f32, samples: i32, each: i32, positions: i32, width: i32,
): void {
  const pitch = pitchOf(width);
  const start = work;
  for (let j = 0; j < width; j += 4, work += 16, sums += 16, variance += 16, rest += 16) {
    let s0 = f64x2.splat(0), s1 = s0, d0 = s0, d1 = s0;
    let p = sums;
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
  clearTails(start, pitch, 5, width);
}

/**
 * y = (x − mean) · factor + shift, with the work of `batch_norm_fold`.
 *
 * @param y written: rows * width
 * @param x read: rows * width
 * @param work read: 5 * up(width, 4)
 * @param rows count >= 0
 * @param width count >= 1
 */
export function batch_norm_apply(y: usize, x: usize, work: usize, rows: i32, width: i32): void {
  const stride = (<usize>width) << 2;
  const pitch = pitchOf(width);
  for (const chunk = chunkOf(width); rows > 0; rows -= chunk, y += <usize>chunk * stride, x += <usize>chunk * stride) {
    apply(y, x, work, work + 3 * pitch, work + (pitch << 2), min(chunk, rows), width, stride);
  }
}

/**
 * dx from dy and x, with the statistics' mean and the work of `batch_norm_fold_backward`.
 *
 * @param dx written: rows * width
 * @param dy read: rows * width
 * @param x read: rows * width
 * @param mean read: width
 * @param work read: 5 * up(width, 4)
 * @param rows count >= 0
 * @param width count >= 1
 */
export function batch_norm_apply_backward(dx: usize, dy: usize, x: usize, mean: usize, work: usize, rows: i32, width: i32): void {
  const stride = (<usize>width) << 2;
  const pitch = pitchOf(width);
  for (const chunk = chunkOf(width); rows > 0; rows -= chunk) {
    const size = <usize>chunk * stride;
    applyBackward(dx, dy, x, mean, work + (pitch << 1), pitch, min(chunk, rows), width, stride);
    dx += size, dy += size, x += size;
  }
}
