// Softmax over rows of `width` elements. Rows follow each other without a gap. y may be x; dx may be dy or y. A row's tail is
// read up to 12 bytes too far and written exactly. Every row is computed alone, so shares may be cut between any two rows.
import { exp } from "../simd/exp";
import { sumLanes } from "../simd/lanes";
import { log } from "../simd/log";
import { rowMax } from "../simd/row_max";
import { spanDot, spanSum } from "../simd/span_sum";
import { storeTail, tailMask } from "../simd/tail";

/**
 * y = e^(x − max x) / Σ e^(x − max x)
 *
 * @param y written: rows * width, may be x
 * @param x read: rows * width
 * @param rows count >= 0
 * @param width count >= 1
 * @edge
 */
export function softmax_forward(y: usize, x: usize, rows: i32, width: i32): void {
  const whole = (<usize>(width >> 2)) << 4;
  const rest = width & 3;
  const mask = tailMask(rest);
  const stride = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    const top = f32x4.splat(rowMax(x, whole, rest, mask));
    let sum = f32x4.splat(0);
    let tail = sum;
    for (let i: usize = 0; i < whole; i += 16) {
      const e = exp(f32x4.sub(v128.load(x + i), top));
      v128.store(y + i, e);
      sum = f32x4.add(sum, e);
    }
    if (rest) {
      tail = v128.and(exp(f32x4.sub(v128.load(x + whole), top)), mask);
      sum = f32x4.add(sum, tail);
    }
    const factor = f32x4.splat(<f32>1 / sumLanes(sum));
    for (let i: usize = 0; i < whole; i += 16) v128.store(y + i, f32x4.mul(v128.load(y + i), factor));
    if (rest) storeTail(y + whole, f32x4.mul(tail, factor), rest);
    x += stride;
    y += stride;
  }
}

/**
 * dx = y · (dy − Σ dy·y)
 *
 * @param dx written: rows * width, may be dy or y
 * @param dy read: rows * width
 * @param y read: rows * width
 * @param rows count >= 0
 * @param width count >= 1
 */
export function softmax_backward(dx: usize, dy: usize, y: usize, rows: i32, width: i32): void {
  const whole = (<usize>(width >> 2)) << 4;
  const rest = width & 3;
  const stride = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    const inner = f32x4.splat(<f32>spanDot(dy, y, width));
    for (let i: usize = 0; i < whole; i += 16) {
      v128.store(dx + i, f32x4.mul(v128.load(y + i), f32x4.sub(v128.load(dy + i), inner)));
    }
    if (rest) {
      storeTail(dx + whole, f32x4.mul(v128.load(y + whole), f32x4.sub(v128.load(dy + whole), inner)), rest);
    }
    dx += stride;
    dy += stride;
    y += stride;
  }
}

/**
 * y = (x − max x) − ln Σ e^(x − max x)
 *
 * @param y written: rows * width, may be x
 * @param x read: rows * width
 * @param rows count >= 0
 * @param width count >= 1
 * @edge
 */
export function log_softmax_forward(y: usize, x: usize, rows: i32, width: i32): void {
  const whole = (<usize>(width >> 2)) << 4;
  const rest = width & 3;
  const mask = tailMask(rest);
  const stride = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    const top = f32x4.splat(rowMax(x, whole, rest, mask));
    let sum = f32x4.splat(0);
    for (let i: usize = 0; i < whole; i += 16) sum = f32x4.add(sum, exp(f32x4.sub(v128.load(x + i), top)));
    if (rest) sum = f32x4.add(sum, v128.and(exp(f32x4.sub(v128.load(x + whole), top)), mask));
    const logarithm = log(f32x4.splat(sumLanes(sum)));
    for (let i: usize = 0; i < whole; i += 16) {
      v128.store(y + i, f32x4.sub(f32x4.sub(v128.load(x + i), top), logarithm));
    }
    if (rest) storeTail(y + whole, f32x4.sub(f32x4.sub(v128.load(x + whole), top), logarithm), rest);
    x += stride;
    y += stride;
  }
}

/**
 * dx = dy − e^y · Σ dy
 *
 * @param dx written: rows * width, may be dy or y
 * @param dy read: rows * width
 * @param y read: rows * width
 * @param rows count >= 0
 * @param width count >= 1
 */
export function log_softmax_backward(dx: usize, dy: usize, y: usize, rows: i32, width: i32): void {
  const whole = (<usize>(width >> 2)) << 4;
  const rest = width & 3;
  const stride = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    const sum = f32x4.splat(<f32>spanSum(dy, width));
    for (let i: usize = 0; i < whole; i += 16) {
      v128.store(dx + i, f32x4.sub(v128.load(dy + i), f32x4.mul(exp(v128.load(y + i)), sum)));
    }
    if (rest) {
      storeTail(dx + whole, f32x4.sub(v128.load(dy + whole), f32x4.mul(exp(v128.load(y + whole)), sum)), rest);
    }
    dx += stride;
    dy += stride;
    y += stride;
  }
}
