// Batch normalisation of the columns of a matrix over all of its rows, where samples have few rows: threads share the columns, and all is done
// by one kernel a pass, a strip of columns at a time. The mean is two float32 numbers, mean + rest, so that it has its digits where the
// deviation is small beside it. Rows follow each other without a gap; their tails are read up to 12 bytes too far and written exactly.
import { apply, applyBackward, high, settle, settleBackward } from "../simd/batch_norm";
import { columnDots, columnMoments } from "../simd/column_moments";

/** Columns of a strip: a cache line of a row. */
// @ts-ignore: decorator
@inline const STRIP: i32 = 16;
/** Rows that are added up before a sum moves on to the total. */
// @ts-ignore: decorator
@inline const ROWS: i32 = 256;

/**
 * y[r, j] = (x[r, j] − mean) / √(variance + epsilon) · scale[j] + offset[j], and the statistics, for `columns` columns of matrices whose rows
 * are `width` elements apart. Shares are cut at multiples of 4 columns.
 *
 * @param y written: rows(rows, columns, width)
 * @param mean written: columns, whole vectors
 * @param variance written: columns, whole vectors
 * @param rest written: columns, whole vectors
 * @param work work: 80
 * @param x read: rows(rows, columns, width)
 * @param scale read: columns, optional
 * @param offset read: columns, optional
 * @param epsilon scalar
 * @param rows count >= 1
 * @param columns count 0 .. width
 * @param width count >= 1
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
 * dx, dscale and doffset for `columns` columns, from the statistics; cut as `batch_norm_forward_columns`.
 *
 * @param dx written: rows(rows, columns, width)
 * @param dscale written: columns, whole vectors
 * @param doffset written: columns, whole vectors
 * @param work work: 80
 * @param dy read: rows(rows, columns, width)
 * @param x read: rows(rows, columns, width)
 * @param mean read: columns
 * @param variance read: columns
 * @param rest read: columns
 * @param scale read: columns, optional
 * @param epsilon scalar
 * @param rows count >= 1
 * @param columns count 0 .. width
 * @param width count >= 1
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
