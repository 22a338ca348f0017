// What is done to every row of a matrix [rows, width]. Rows follow each other without a gap; a row's tail is read up to 12 bytes
// too far and written exactly. Every row is computed alone, so shares may be cut between any two rows. y or dx may be the first
// array of its shape that is read.
import { sumLanes } from "../simd/lanes";
import { rowMax } from "../simd/row_max";
import { farNorm, spanDot, spanSquares, spanSquaresFar, spanSum, spanSumOfSquares } from "../simd/span_sum";
import { storeTail, tailMask } from "../simd/tail";

/**
 * y[r] = scale · Σ x[r, …]
 *
 * @param y written: rows
 * @param x read: rows * width
 * @param scale scalar
 * @param rows count >= 0
 * @param width count >= 0
 * @edge
 */
export function sum_rows_forward(y: usize, x: usize, scale: f32, rows: i32, width: i32): void {
  const stride = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    store<f32>(y, <f32>(spanSum(x, width) * <f64>scale));
    x += stride;
    y += 4;
  }
}

/**
 * y[r, j] = scale · x[r]
 *
 * @param y written: rows * width
 * @param x read: rows
 * @param scale scalar
 * @param rows count >= 0
 * @param width count >= 0
 * @edge blocks
 */
export function broadcast_rows_forward(y: usize, x: usize, scale: f32, rows: i32, width: i32): void {
  const whole = (<usize>(width >> 2)) << 4;
  const rest = width & 3;
  const stride = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    const v = f32x4.splat(load<f32>(x) * scale);
    for (let i: usize = 0; i < whole; i += 16) v128.store(y + i, v);
    if (rest) storeTail(y + whole, v, rest);
    x += 4;
    y += stride;
  }
}

/** y = x · factor for `width` elements; y may be x. */
function scaleSpan(y: usize, x: usize, factor: v128, width: i32): void {
  const whole = (<usize>(width >> 2)) << 4;
  const rest = width & 3;
  for (let i: usize = 0; i < whole; i += 16) v128.store(y + i, f32x4.mul(v128.load(x + i), factor));
  if (rest) storeTail(y + whole, f32x4.mul(v128.load(x + whole), factor), rest);
}

/**
 * y[r, j] = x[r, j] · s[r]
 *
 * @param y written: rows * width, may be x
 * @param x read: rows * width
 * @param s read: rows
 * @param rows count >= 0
 * @param width count >= 0
 * @edge
 */
export function scale_rows_forward(y: usize, x: usize, s: usize, rows: i32, width: i32): void {
  const stride = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    scaleSpan(y, x, v128.load32_splat(s), width);
    s += 4;
    x += stride;
    y += stride;
  }
}

/**
 * y[r] = max x[r, …]; NaN if one is
 *
 * @param y written: rows
 * @param x read: rows * width
 * @param rows count >= 0
 * @param width count >= 1
 * @edge
 */
export function max_rows_forward(y: usize, x: usize, rows: i32, width: i32): void {
  const whole = (<usize>(width >> 2)) << 4;
  const rest = width & 3;
  const mask = tailMask(rest);
  const stride = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    let other = f32x4.splat(0); // all ones where a NaN was
    for (let i: usize = 0; i < whole; i += 16) other = v128.or(other, f32x4.ne(v128.load(x + i), v128.load(x + i)));
    if (rest) other = v128.or(other, v128.and(f32x4.ne(v128.load(x + whole), v128.load(x + whole)), mask));
    store<f32>(y, v128.any_true(other) ? <f32>NaN : rowMax(x, whole, rest, mask));
    x += stride;
    y += 4;
  }
}

/**
 * dx[r, j] = dy[r] / (how many equal y[r]) where x[r, j] = y[r], else 0
 *
 * @param dx written: rows * width, may be x
 * @param dy read: rows
 * @param x read: rows * width
 * @param y read: rows
 * @param rows count >= 0
 * @param width count >= 1
 */
export function max_rows_backward(dx: usize, dy: usize, x: usize, y: usize, rows: i32, width: i32): void {
  const whole = (<usize>(width >> 2)) << 4;
  const rest = width & 3;
  const mask = tailMask(rest);
  const stride = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    const top = v128.load32_splat(y);
    let ties = 0;
    for (let i: usize = 0; i < whole; i += 16) ties += popcnt(i32x4.bitmask(f32x4.eq(v128.load(x + i), top)));
    if (rest) ties += popcnt(i32x4.bitmask(v128.and(f32x4.eq(v128.load(x + whole), top), mask)));
    const g = f32x4.splat(load<f32>(dy) / <f32>ties);
    for (let i: usize = 0; i < whole; i += 16) v128.store(dx + i, v128.and(f32x4.eq(v128.load(x + i), top), g));
    if (rest) storeTail(dx + whole, v128.and(f32x4.eq(v128.load(x + whole), top), g), rest);
    dy += 4;
    y += 4;
    x += stride;
    dx += stride;
  }
}

/**
 * y[r] = √Σ x[r, …]², finite for all finite x
 *
 * @param y written: rows
 * @param x read: rows * width
 * @param rows count >= 0
 * @param width count >= 0
 * @edge blocks
 */
export function norm_rows_forward(y: usize, x: usize, rows: i32, width: i32): void {
  const stride = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    const squares = <f32>spanSumOfSquares(x, width);
    store<f32>(y, squares - squares == 0 ? Mathf.sqrt(squares) : farNorm(spanSquaresFar(x, width)));
    x += stride;
    y += 4;
  }
}

/** 1 / √max(Σ x², 1e-12) */
// @ts-ignore: decorator
@inline
function inverseNorm(squares: f64): f64 {
  return 1.0 / Math.sqrt(Math.max(squares, 1e-12));
}

/** 2^-80: a row whose squares float32 does not hold is shrunk by it first; its squares are 1e-10 at least then. */
// @ts-ignore: decorator
@inline const SHRINK: f32 = 8.271806125530277e-25;

/**
 * y = x / √max(Σ x², 1e-12), row by row; exact to rounding for all finite x
 *
 * @param y written: rows * width, may be x
 * @param x read: rows * width
 * @param rows count >= 0
 * @param width count >= 0
 * @edge
 */
export function l2_normalize_forward(y: usize, x: usize, rows: i32, width: i32): void {
  const stride = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    let squares = spanDot(x, x, width);
    let from = x;
    if (!(squares < Infinity)) {
      scaleSpan(y, x, f32x4.splat(SHRINK), width);
      squares = spanDot(y, y, width);
      from = y;
    }
    scaleSpan(y, from, f32x4.splat(<f32>inverseNorm(squares)), width);
    x += stride;
    y += stride;
  }
}

/**
 * dx = (dy − y · Σ dy·y) / √Σ x²; where Σ x² ≤ 1e-12, dx = dy · 1e6
 *
 * @param dx written: rows * width, may be dy
 * @param dy read: rows * width
 * @param x read: rows * width
 * @param y read: rows * width
 * @param rows count >= 0
 * @param width count >= 0
 */
export function l2_normalize_backward(dx: usize, dy: usize, x: usize, y: usize, rows: i32, width: i32): void {
  const whole = (<usize>(width >> 2)) << 4;
  const rest = width & 3;
  const stride = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    const squares = spanSquares(x, width);
    const factor = f32x4.splat(<f32>inverseNorm(squares));
    const inner = f32x4.splat(squares > 1e-12 ? <f32>spanDot(dy, y, width) : 0);
    for (let i: usize = 0; i < whole; i += 16) {
      v128.store(dx + i, f32x4.mul(factor, f32x4.sub(v128.load(dy + i), f32x4.mul(v128.load(y + i), inner))));
    }
    if (rest) {
      const d = f32x4.sub(v128.load(dy + whole), f32x4.mul(v128.load(y + whole), inner));
      storeTail(dx + whole, f32x4.mul(factor, d), rest);
    }
    x += stride;
    y += stride;
    dy += stride;
    dx += stride;
  }
}
