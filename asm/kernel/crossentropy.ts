// Cross entropy of rows of logits, by way of log-sum-exp: finite for finite logits, however large. A difference of logits that
// overflows counts as −3.4e38. dz may not be z, t or dy. A row's tail is read up to 12 bytes too far and written exactly.
import { exp } from "../simd/exp";
import { sumLanes } from "../simd/lanes";
import { log } from "../simd/log";
import { rowMax } from "../simd/row_max";
import { spanSum } from "../simd/span_sum";
import { storeTail, tailMask } from "../simd/tail";

const LOWEST = memory.data<f32>([-f32.MAX_VALUE]);

/** Stores e^(z − max z) in the row e and returns its sum. */
// @ts-ignore: decorator
@inline
function expRow(e: usize, z: usize, whole: usize, rest: i32, mask: v128): f32 {
  const top = f32x4.splat(rowMax(z, whole, rest, mask));
  let sum = f32x4.splat(0);
  for (let i: usize = 0; i < whole; i += 16) {
    const v = exp(f32x4.sub(v128.load(z + i), top));
    v128.store(e + i, v);
    sum = f32x4.add(sum, v);
  }
  if (rest) {
    const v = v128.and(exp(f32x4.sub(v128.load(z + whole), top)), mask);
    storeTail(e + whole, v, rest);
    sum = f32x4.add(sum, v);
  }
  return sumLanes(sum);
}

/**
 * loss = Σ t · (ln Σ e^d − d) with d = z − max z; one a row. t [rows, width]
 *
 * @param loss written: rows
 * @param z read: rows * width
 * @param t read: rows * width
 * @param rows count >= 0
 * @param width count >= 1
 */
export function softmax_crossentropy_forward(loss: usize, z: usize, t: usize, rows: i32, width: i32): void {
  const whole = (<usize>(width >> 2)) << 4;
  const rest = width & 3;
  const mask = tailMask(rest);
  const stride = (<usize>width) << 2;
  const lowest = v128.load32_splat(LOWEST);
  for (let r = 0; r < rows; r++) {
    const top = f32x4.splat(rowMax(z, whole, rest, mask));
    let sum = f32x4.splat(0), weight = sum, inner = sum;
    for (let i: usize = 0; i < whole; i += 16) {
      const d = f32x4.pmax(f32x4.sub(v128.load(z + i), top), lowest);
      const target = v128.load(t + i);
      sum = f32x4.add(sum, exp(d));
      weight = f32x4.add(weight, target);
      inner = f32x4.add(inner, f32x4.mul(target, d));
    }
    if (rest) {
      const d = v128.and(f32x4.pmax(f32x4.sub(v128.load(z + whole), top), lowest), mask);
      const target = v128.and(v128.load(t + whole), mask);
      sum = f32x4.add(sum, v128.and(exp(d), mask));
      weight = f32x4.add(weight, target);
      inner = f32x4.add(inner, f32x4.mul(target, d));
    }
    const logarithm = f32x4.extract_lane(log(f32x4.splat(sumLanes(sum))), 0);
    store<f32>(loss, min(logarithm * sumLanes(weight) - sumLanes(inner), f32.MAX_VALUE));
    loss += 4;
    z += stride;
    t += stride;
  }
}

/**
 * dz = dy · (softmax(z) · Σ t − t); dy one a row
 *
 * @param dz written: rows * width
 * @param dy read: rows
 * @param z read: rows * width
 * @param t read: rows * width
 * @param rows count >= 0
 * @param width count >= 1
 */
export function softmax_crossentropy_backward(
  dz: usize, dy: usize, z: usize, t: usize, rows: i32, width: i32,
): void {
  const whole = (<usize>(width >> 2)) << 4;
  const rest = width & 3;
  const mask = tailMask(rest);
  const stride = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    const sum = expRow(dz, z, whole, rest, mask);
    const factor = f32x4.splat(<f32>spanSum(t, width) / sum);
    const g = v128.load32_splat(dy);
    for (let i: usize = 0; i < whole; i += 16) {
      v128.store(dz + i, f32x4.mul(g, f32x4.sub(f32x4.mul(v128.load(dz + i), factor), v128.load(t + i))));
    }
    if (rest) {
      const v = f32x4.sub(f32x4.mul(v128.load(dz + whole), factor), v128.load(t + whole));
      storeTail(dz + whole, f32x4.mul(g, v), rest);
    }
    dy += 4;
    dz += stride;
    z += stride;
    t += stride;
  }
}

/**
 * loss = ln Σ e^d − d[label] with d = z − max z; one a row. Labels are integers held as float32. The label `ignored` gives 0, any
 * other that is not from 0 to width − 1 gives NaN.
 *
 * @param loss written: rows
 * @param z read: rows * width
 * @param labels read: rows
 * @param ignored scalar
 * @param rows count >= 0
 * @param width count >= 1
 */
export function sparse_softmax_crossentropy_forward(
  loss: usize, z: usize, labels: usize, ignored: i32, rows: i32, width: i32,
): void {
  const whole = (<usize>(width >> 2)) << 4;
  const rest = width & 3;
  const mask = tailMask(rest);
  const stride = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    const label = <i32>load<f32>(labels);
    let result: f32 = 0;
    if (label != ignored) {
      if (<u32>label >= <u32>width) {
        result = NaN;
      } else {
        const most = rowMax(z, whole, rest, mask);
        const top = f32x4.splat(most);
        let sum = f32x4.splat(0);
        for (let i: usize = 0; i < whole; i += 16) sum = f32x4.add(sum, exp(f32x4.sub(v128.load(z + i), top)));
        if (rest) sum = f32x4.add(sum, v128.and(exp(f32x4.sub(v128.load(z + whole), top)), mask));
        const logarithm = f32x4.extract_lane(log(f32x4.splat(sumLanes(sum))), 0);
        result = min(logarithm - (load<f32>(z + ((<usize>label) << 2)) - most), f32.MAX_VALUE);
      }
    }
    store<f32>(loss, result);
    loss += 4;
    labels += 4;
    z += stride;
  }
}

/**
 * dz = dy · (softmax(z) − onehot(label)), 0 for the label `ignored`, NaN for a label out of range; dy one a row
 *
 * @param dz written: rows * width
 * @param dy read: rows
 * @param z read: rows * width
 * @param labels read: rows
 * @param ignored scalar
 * @param rows count >= 0
 * @param width count >= 1
 */
export function sparse_softmax_crossentropy_backward(
  dz: usize, dy: usize, z: usize, labels: usize, ignored: i32, rows: i32, width: i32,
): void {
  const whole = (<usize>(width >> 2)) << 4;
  const rest = width & 3;
  const mask = tailMask(rest);
  const stride = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    const label = <i32>load<f32>(labels);
    const g = load<f32>(dy);
    if (label == ignored) {
      memory.fill(dz, 0, stride);
    } else {
      const sum = expRow(dz, z, whole, rest, mask);
      const known = <u32>label < <u32>width;
      const factor = f32x4.splat(known ? g / sum : <f32>NaN);
      for (let i: usize = 0; i < whole; i += 16) v128.store(dz + i, f32x4.mul(v128.load(dz + i), factor));
      if (rest) storeTail(dz + whole, f32x4.mul(v128.load(dz + whole), factor), rest);
      if (known) {
        const at = dz + ((<usize>label) << 2);
        store<f32>(at, load<f32>(at) - g);
      }
    }
    dy += 4;
    labels += 4;
    dz += stride;
    z += stride;
  }
}
