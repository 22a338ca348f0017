// What is done to every column of a matrix [rows, width].
import { madd } from "../simd/madd";
import { farNorm } from "../simd/span_sum";
import { storeTail } from "../simd/tail";

/** Rows that are added up before the sum moves on to the total. */
// @ts-ignore: decorator
@inline const BLOCK: i32 = 256;

/**
 * y[j] = Σ x[r, j] over all rows, for `columns` columns of a matrix whose rows are `width` elements apart.
 *
 * Each column is one chain of float32 additions: 256 rows in ascending order, then these sums. So it does not depend on the cut.
 * Shares are cut at multiples of 4 columns; the last vector of y is written whole (into y's padding), and up to 12 bytes behind x
 * are read.
 *
 * @param y written: columns, whole vectors
 * @param x read: rows(rows, columns, width)
 * @param rows count >= 0
 * @param columns count 0 .. width
 * @param width count >= 0
 */
export function sum_columns_forward(y: usize, x: usize, rows: i32, columns: i32, width: i32): void {
  const stride = (<usize>width) << 2;
  let j = 0;
  for (; j + 16 <= columns; j += 16) {
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
    let p = x;
    for (let done = 0; done < rows; done += BLOCK) {
      const end = p + <usize>min(BLOCK, rows - done) * stride;
      let a = f32x4.splat(0), b = a, c = a, d = a;
      for (; p < end; p += stride) {
        a = f32x4.add(a, v128.load(p));
        b = f32x4.add(b, v128.load(p, 16));
        c = f32x4.add(c, v128.load(p, 32));
        d = f32x4.add(d, v128.load(p, 48));
      }
      s0 = f32x4.add(s0, a);
      s1 = f32x4.add(s1, b);
      s2 = f32x4.add(s2, c);
      s3 = f32x4.add(s3, d);
    }
    v128.store(y, s0);
    v128.store(y, s1, 16);
    v128.store(y, s2, 32);
    v128.store(y, s3, 48);
    x += 64;
    y += 64;
  }
  for (; j < columns; j += 4) {
    let s = f32x4.splat(0);
    let p = x;
    for (let done = 0; done < rows; done += BLOCK) {
      const end = p + <usize>min(BLOCK, rows - done) * stride;
      let a = f32x4.splat(0);
      for (; p < end; p += stride) a = f32x4.add(a, v128.load(p));
      s = f32x4.add(s, a);
    }
    v128.store(y, s);
    x += 16;
    y += 16;
  }
}

/** √Σ x² of one column in float64, the elements `stride` bytes apart. */
function farColumn(x: usize, rows: i32, stride: usize): f32 {
  let total: f64 = 0;
  for (let r = 0; r < rows; r++, x += stride) {
    const v = <f64>load<f32>(x);
    total += v * v;
  }
  return farNorm(total);
}

/** Stores √s for up to four columns; a column whose squares float32 does not hold is added up anew. */
function storeNorms(y: usize, s: v128, x: usize, rows: i32, columns: i32, stride: usize): void {
  v128.store(y, f32x4.sqrt(s));
  const difference = f32x4.sub(s, s);
  if (i32x4.all_true(f32x4.eq(difference, difference))) return;
  for (let j = 0; j < min(columns, 4); j++, x += 4, y += 4) {
    const norm = load<f32>(y);
    if (norm - norm != 0) store<f32>(y, farColumn(x, rows, stride));
  }
}

// @ts-ignore: decorator
@inline
function addSquare(sum: v128, p: usize): v128 {
  const v = v128.load(p);
  return f32x4.add(sum, f32x4.mul(v, v));
}

/**
 * y[j] = √Σ x[r, j]² over all rows, finite for all finite x. Squares are added up as `sum_columns_forward` does it, and arrays are read
 * and written as there.
 *
 * @param y written: columns, whole vectors
 * @param x read: rows(rows, columns, width)
 * @param rows count >= 0
 * @param columns count 0 .. width
 * @param width count >= 0
 */
export function norm_columns_forward(y: usize, x: usize, rows: i32, columns: i32, width: i32): void {
  const stride = (<usize>width) << 2;
  let j = 0;
  for (; j + 16 <= columns; j += 16) {
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
    let p = x;
    for (let done = 0; done < rows; done += BLOCK) {
      const end = p + <usize>min(BLOCK, rows - done) * stride;
      let a = f32x4.splat(0), b = a, c = a, d = a;
      for (; p < end; p += stride) {
        a = addSquare(a, p);
        b = addSquare(b, p + 16);
        c = addSquare(c, p + 32);
        d = addSquare(d, p + 48);
      }
      s0 = f32x4.add(s0, a);
      s1 = f32x4.add(s1, b);
      s2 = f32x4.add(s2, c);
      s3 = f32x4.add(s3, d);
    }
    storeNorms(y, s0, x, rows, 4, stride);
    storeNorms(y + 16, s1, x + 16, rows, 4, stride);
    storeNorms(y + 32, s2, x + 32, rows, 4, stride);
    storeNorms(y + 48, s3, x + 48, rows, 4, stride);
    x += 64;
    y += 64;
  }
  for (; j < columns; j += 4) {
    let s = f32x4.splat(0);
    let p = x;
    for (let done = 0; done < rows; done += BLOCK) {
      const end = p + <usize>min(BLOCK, rows - done) * stride;
      let a = f32x4.splat(0);
      for (; p < end; p += stride) a = addSquare(a, p);
      s = f32x4.add(s, a);
    }
    storeNorms(y, s, x, rows, columns - j, stride);
    x += 16;
    y += 16;
  }
}

/** y[r, j] = (x[r, j] − m[j]) · s[j] + o[j]; o may be null. */
function normalize(y: usize, x: usize, m: usize, s: usize, o: usize, rows: i32, width: i32): void {
  const whole = (<usize>(width >> 2)) << 4;
  const stride = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    for (let i: usize = 0; i < stride; i += 16) {
      let v = f32x4.mul(f32x4.sub(v128.load(x + i), v128.load(m + i)), v128.load(s + i));
      if (o) v = f32x4.add(v, v128.load(o + i));
      if (i < whole) v128.store(y + i, v);
      else storeTail(y + i, v, width & 3);
    }
    x += stride;
    y += stride;
  }
}

/**
 * y[r, j] = (x[r, j] − m[j]) · s[j]. y may be x. A row's tail is read up to 12 bytes too far and written exactly.
 *
 * @param y written: rows * width, may be x
 * @param x read: rows * width
 * @param m read: width
 * @param s read: width
 * @param rows count >= 0
 * @param width count >= 0
 * @edge
 */
export function normalize_columns_forward(y: usize, x: usize, m: usize, s: usize, rows: i32, width: i32): void {
  normalize(y, x, m, s, 0, rows, width);
}

/**
 * y[r, j] = (x[r, j] − m[j]) · s[j] + o[j], otherwise as `normalize_columns_forward`.
 *
 * @param y written: rows * width, may be x
 * @param x read: rows * width
 * @param m read: width
 * @param s read: width
 * @param o read: width
 * @param rows count >= 0
 * @param width count >= 0
 * @edge
 */
export function normalize_columns_offset_forward(y: usize, x: usize, m: usize, s: usize, o: usize, rows: i32, width: i32): void {
  normalize(y, x, m, s, o, rows, width);
}

/**
 * y[r, j] = x[j]. A row's tail is written exactly.
 *
 * @param y written: rows * width
 * @param x read: width
 * @param rows count >= 0
 * @param width count >= 0
 * @edge blocks
 */
export function broadcast_columns_forward(y: usize, x: usize, rows: i32, width: i32): void {
  const bytes = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    memory.copy(y, x, bytes);
    y += bytes;
  }
}

/**
 * y[r, j] = x[r, j] · s[j] + o[j]; o may be null. y may be x. A row's tail is read up to 12 bytes too far and written exactly.
 *
 * @param y written: rows * width, may be x
 * @param x read: rows * width
 * @param s read: width
 * @param o read: width, optional
 * @param rows count >= 0
 * @param width count >= 0
 * @edge
 */
export function scale_columns_forward(y: usize, x: usize, s: usize, o: usize, rows: i32, width: i32): void {
  const whole = (<usize>(width >> 2)) << 4;
  const stride = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    for (let i: usize = 0; i < stride; i += 16) {
      let v = v128.load(x + i);
      v = o ? madd(v, v128.load(s + i), v128.load(o + i)) : f32x4.mul(v, v128.load(s + i));
      if (i < whole) v128.store(y + i, v);
      else storeTail(y + i, v, width & 3);
    }
    x += stride;
    y += stride;
  }
}
