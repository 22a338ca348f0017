// Layer normalisation of the rows of a matrix [rows, width], and the root mean square alone. Rows follow each other without a gap; a row's
// tail is read up to 12 bytes too far and written exactly. Every row is computed alone, so shares may be cut between any two rows.
import { sumLanes } from "../simd/lanes";
import { madd } from "../simd/madd";
import { spanSum } from "../simd/span_sum";
import { storeTail, tailMask } from "../simd/tail";

/** Bytes that are added up in float32 before the sum is moved to float64. */
// @ts-ignore: decorator
@inline const BLOCK: usize = 4096;
/** Rows that are added up before the sum of a column moves on to the total. */
// @ts-ignore: decorator
@inline const ROWS: i32 = 256;

/** Σ (x[i] − mean)² over n elements, in an order that depends on n alone. */
function spanSquares(x: usize, mean: f32, n: i32): f64 {
  const whole = (<usize>(n >> 2)) << 4;
  const m = f32x4.splat(mean);
  let total: f64 = 0;
  let at: usize = 0;
  while (at < whole) {
    const end = min(at + BLOCK, whole);
    let a = f32x4.splat(0), b = a, c = a, d = a, v = a;
    for (; at + 64 <= end; at += 64) {
      v = f32x4.sub(v128.load(x + at), m), a = madd(v, v, a);
      v = f32x4.sub(v128.load(x + at, 16), m), b = madd(v, v, b);
      v = f32x4.sub(v128.load(x + at, 32), m), c = madd(v, v, c);
      v = f32x4.sub(v128.load(x + at, 48), m), d = madd(v, v, d);
    }
    for (; at < end; at += 16) v = f32x4.sub(v128.load(x + at), m), a = madd(v, v, a);
    total += sumLanes(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)));
  }
  const rest = n & 3;
  if (rest) {
    const v = v128.and(f32x4.sub(v128.load(x + whole), m), tailMask(rest));
    total += sumLanes(f32x4.mul(v, v));
  }
  return total;
}

/**
 * y[r, j] = (x[r, j] − mean) · inverse · scale[j] + offset[j] with inverse = 1 / √(variance + epsilon); the statistics [rows, 2] are mean and
 * inverse. Without `center` the mean is 0. scale, or offset, or both may be null. y may be x.
 *
 * @param y written: rows * width, may be x
 * @param statistics written: 2 * rows
 * @param x read: rows * width
 * @param scale read: width, optional
 * @param offset read: width, optional
 * @param rows count >= 0
 * @param width count >= 1
 * @param epsilon scalar
 * @param center flag
 * @edge blocks
 */
export function layer_norm_forward(y: usize, statistics: usize, x: usize, scale: usize, offset: usize, rows: i32, width: i32, epsilon: f32, center: i32): void {
  const whole = (<usize>(width >> 2)) << 4;
  const rest = width & 3;
  const stride = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    const mean = center ? <f32>(spanSum(x, width) / <f64>width) : <f32>0;
    const inverse = <f32>(1.0 / Math.sqrt(spanSquares(x, mean, width) / <f64>width + <f64>epsilon));
    store<f32>(statistics, mean);
    store<f32>(statistics, inverse, 4);
    const m = f32x4.splat(mean), f = f32x4.splat(inverse);
    if (scale && offset) {
      for (let i: usize = 0; i < whole; i += 16) {
        const v = f32x4.mul(f32x4.sub(v128.load(x + i), m), f);
        v128.store(y + i, madd(v, v128.load(scale + i), v128.load(offset + i)));
      }
      if (rest) {
        const v = f32x4.mul(f32x4.sub(v128.load(x + whole), m), f);
        storeTail(y + whole, madd(v, v128.load(scale + whole), v128.load(offset + whole)), rest);
      }
    } else {
      const one = f32x4.splat(1), zero = f32x4.splat(0);
      for (let i: usize = 0; i < stride; i += 16) {
        let v = f32x4.mul(f32x4.sub(v128.load(x + i), m), f);
        if (scale) v = f32x4.mul(v, v128.load(scale + i));
        if (offset) v = f32x4.add(v, v128.load(offset + i));
        if (i < whole) v128.store(y + i, v);
        else storeTail(y + i, v, rest);
      }
    }
    x += stride;
    y += stride;
    statistics += 8;
  }
}

/** inverse · (g − mean − (x − m) · share) */
// @ts-ignore: decorator
@inline
function gradient(g: v128, x: v128, mean: v128, m: v128, share: v128, inverse: v128): v128 {
  return f32x4.mul(f32x4.sub(f32x4.sub(g, mean), f32x4.mul(f32x4.sub(x, m), share)), inverse);
}

/**
 * dx[r, j] = inverse · (g − mean(g) − x̂ · mean(g · x̂)) with g = dy · scale and x̂ = (x − mean) · inverse; without `center` there is no
 * mean(g). scale may be null. dx may be dy.
 *
 * @param dx written: rows * width, may be dy
 * @param dy read: rows * width
 * @param x read: rows * width
 * @param statistics read: 2 * rows
 * @param scale read: width, optional
 * @param rows count >= 0
 * @param width count >= 1
 * @param center flag
 */
export function layer_norm_backward(dx: usize, dy: usize, x: usize, statistics: usize, scale: usize, rows: i32, width: i32, center: i32): void {
  const whole = (<usize>(width >> 2)) << 4;
  const rest = width & 3;
  const mask = tailMask(rest);
  const stride = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    const m = v128.load32_splat(statistics), f = v128.load32_splat(statistics, 4);
    let sum: f64 = 0, dot: f64 = 0;
    let at: usize = 0;
    while (at < whole) {
      const end = min(at + BLOCK, whole);
      let s0 = f32x4.splat(0), s1 = s0, d0 = s0, d1 = s0;
      for (; at + 32 <= end; at += 32) {
        let g0 = v128.load(dy + at), g1 = v128.load(dy + at, 16);
        if (scale) g0 = f32x4.mul(g0, v128.load(scale + at)), g1 = f32x4.mul(g1, v128.load(scale + at, 16));
        s0 = f32x4.add(s0, g0), s1 = f32x4.add(s1, g1);
        d0 = madd(g0, f32x4.sub(v128.load(x + at), m), d0), d1 = madd(g1, f32x4.sub(v128.load(x + at, 16), m), d1);
      }
      if (at < end) {
        let g0 = v128.load(dy + at);
        if (scale) g0 = f32x4.mul(g0, v128.load(scale + at));
        s0 = f32x4.add(s0, g0);
        d0 = madd(g0, f32x4.sub(v128.load(x + at), m), d0);
        at += 16;
      }
      sum += sumLanes(f32x4.add(s0, s1));
      dot += sumLanes(f32x4.add(d0, d1));
    }
    if (rest) {
      let g = v128.and(v128.load(dy + whole), mask);
      if (scale) g = f32x4.mul(g, v128.and(v128.load(scale + whole), mask));
      sum += sumLanes(g);
      dot += sumLanes(f32x4.mul(g, v128.and(f32x4.sub(v128.load(x + whole), m), mask)));
    }
    // dot is Σ g · (x − mean); one inverse more makes it Σ g · x̂, and one more belongs to x̂ itself.
    const inverse = <f64>load<f32>(statistics, 4);
    const share = f32x4.splat(<f32>(dot * inverse * inverse / <f64>width));
    const mean = f32x4.splat(center ? <f32>(sum / <f64>width) : <f32>0);
    let i: usize = 0;
    if (scale) {
      for (; i + 32 <= whole; i += 32) {
        const g1 = f32x4.mul(v128.load(dy + i, 16), v128.load(scale + i, 16));
        const g0 = f32x4.mul(v128.load(dy + i), v128.load(scale + i));
        v128.store(dx + i, gradient(g1, v128.load(x + i, 16), mean, m, share, f), 16);
        v128.store(dx + i, gradient(g0, v128.load(x + i), mean, m, share, f));
      }
    } else {
      for (; i + 32 <= whole; i += 32) {
        const g1 = v128.load(dy + i, 16), g0 = v128.load(dy + i);
        v128.store(dx + i, gradient(g1, v128.load(x + i, 16), mean, m, share, f), 16);
        v128.store(dx + i, gradient(g0, v128.load(x + i), mean, m, share, f));
      }
    }
    for (; i < stride; i += 16) {
      let g = v128.load(dy + i);
      if (scale) g = f32x4.mul(g, v128.load(scale + i));
      const v = gradient(g, v128.load(x + i), mean, m, share, f);
      if (i < whole) v128.store(dx + i, v);
      else storeTail(dx + i, v, rest);
    }
    x += stride;
    dy += stride;
    dx += stride;
    statistics += 8;
  }
}

/**
 * dscale[j] = Σ dy[r, j] · (x[r, j] − mean) · inverse over all rows, for `columns` columns of matrices whose rows are `width` elements apart.
 *
 * Each column is one chain: 256 rows in ascending order, then these sums. Shares are cut at multiples of 4 columns; the last vector of
 * dscale is written whole (into its padding), and up to 12 bytes behind x and dy are read.
 *
 * @param dscale written: columns, whole vectors
 * @param dy read: rows(rows, columns, width)
 * @param x read: rows(rows, columns, width)
 * @param statistics read: 2 * rows
 * @param rows count >= 0
 * @param columns count 0 .. width
 * @param width count >= 1
 */
export function layer_norm_scale_backward(dscale: usize, dy: usize, x: usize, statistics: usize, rows: i32, columns: i32, width: i32): void {
  const stride = (<usize>width) << 2;
  let j = 0;
  // A cache line of a row at a time.
  for (; j + 16 <= columns; j += 16) {
    let t0 = f32x4.splat(0), t1 = t0, t2 = t0, t3 = t0;
    let p = x, q = dy, s = statistics;
    for (let done = 0; done < rows; done += ROWS) {
      const end = p + <usize>min(ROWS, rows - done) * stride;
      let a = f32x4.splat(0), b = a, c = a, d = a;
      for (; p < end; p += stride, q += stride, s += 8) {
        const f = v128.load32_splat(s, 4), m = v128.load32_splat(s);
        d = madd(f32x4.mul(f32x4.sub(v128.load(p, 48), m), f), v128.load(q, 48), d);
        c = madd(f32x4.mul(f32x4.sub(v128.load(p, 32), m), f), v128.load(q, 32), c);
        b = madd(f32x4.mul(f32x4.sub(v128.load(p, 16), m), f), v128.load(q, 16), b);
        a = madd(f32x4.mul(f32x4.sub(v128.load(p), m), f), v128.load(q), a);
      }
      t0 = f32x4.add(t0, a);
      t1 = f32x4.add(t1, b);
      t2 = f32x4.add(t2, c);
      t3 = f32x4.add(t3, d);
    }
    v128.store(dscale, t0);
    v128.store(dscale, t1, 16);
    v128.store(dscale, t2, 32);
    v128.store(dscale, t3, 48);
    x += 64;
    dy += 64;
    dscale += 64;
  }
  for (; j < columns; j += 4) {
    let total = f32x4.splat(0);
    let p = x, q = dy, s = statistics;
    for (let done = 0; done < rows; done += ROWS) {
      const end = p + <usize>min(ROWS, rows - done) * stride;
      let a = f32x4.splat(0);
      for (; p < end; p += stride, q += stride, s += 8) {
        const v = f32x4.mul(f32x4.sub(v128.load(p), v128.load32_splat(s)), v128.load32_splat(s, 4));
        a = madd(v, v128.load(q), a);
      }
      total = f32x4.add(total, a);
    }
    v128.store(dscale, total);
    x += 16;
    dy += 16;
    dscale += 16;
  }
}
