import { sumLanes } from "./lanes";
import { madd } from "./madd";
import { tailMask } from "./tail";

/** Bytes that are added up in float32 before the sum is moved to float64. */
// @ts-ignore: decorator
@inline const BLOCK: usize = 4096;

/**
 * Σ x[i] over n elements, in an order that depends on n alone: blocks of 1024 elements are summed in 16 float32 chains, the
 * blocks in float64. Reads up to 12 bytes behind the last element and ignores them.
 */
export function spanSum(x: usize, n: i32): f64 {
  const whole = (<usize>(n >> 2)) << 4;
  let total: f64 = 0;
  let at: usize = 0;
  while (at < whole) {
    const end = min(at + BLOCK, whole);
    let a = f32x4.splat(0), b = a, c = a, d = a;
    for (; at + 64 <= end; at += 64) {
      a = f32x4.add(a, v128.load(x + at));
      b = f32x4.add(b, v128.load(x + at, 16));
      c = f32x4.add(c, v128.load(x + at, 32));
      d = f32x4.add(d, v128.load(x + at, 48));
    }
    for (; at < end; at += 16) a = f32x4.add(a, v128.load(x + at));
    total += sumLanes(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)));
  }
  const rest = n & 3;
  if (rest) total += sumLanes(v128.and(v128.load(x + whole), tailMask(rest)));
  return total;
}

/** Σ x[i]² in the order of `spanSum`: every square is rounded before it is added, in both builds. */
export function spanSumOfSquares(x: usize, n: i32): f64 {
  const whole = (<usize>(n >> 2)) << 4;
  let total: f64 = 0;
  let at: usize = 0;
  while (at < whole) {
    const end = min(at + BLOCK, whole);
    let a = f32x4.splat(0), b = a, c = a, d = a;
    for (; at + 64 <= end; at += 64) {
      a = f32x4.add(a, square(x + at));
      b = f32x4.add(b, square(x + at + 16));
      c = f32x4.add(c, square(x + at + 32));
      d = f32x4.add(d, square(x + at + 48));
    }
    for (; at < end; at += 16) a = f32x4.add(a, square(x + at));
    total += sumLanes(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)));
  }
  const rest = n & 3;
  if (rest) total += sumLanes(v128.and(square(x + whole), tailMask(rest)));
  return total;
}

// @ts-ignore: decorator
@inline
function square(p: usize): v128 {
  const v = v128.load(p);
  return f32x4.mul(v, v);
}

/** Σ x[i]² in float64, one after the other: for arrays whose squares float32 does not hold. */
export function spanSquaresFar(x: usize, n: i32): f64 {
  let total: f64 = 0;
  for (const end = x + (<usize>n << 2); x < end; x += 4) {
    const v = <f64>load<f32>(x);
    total += v * v;
  }
  return total;
}

/** The norm from squares that float32 does not hold: at most the largest float32. NaN and Infinity in x show. */
export function farNorm(squares: f64): f32 {
  if (squares - squares != 0) return <f32>squares;
  return <f32>Math.min(Math.sqrt(squares), <f64>f32.MAX_VALUE);
}

/** Σ x[i]² as `spanDot` adds it up, or where that overflows, in float64: finite for all finite x. */
export function spanSquares(x: usize, n: i32): f64 {
  const sum = spanDot(x, x, n);
  return sum - sum == 0 ? sum : spanSquaresFar(x, n);
}

/** Σ x[i]·w[i] over n elements, in the order of `spanSum`. */
export function spanDot(x: usize, w: usize, n: i32): f64 {
  const whole = (<usize>(n >> 2)) << 4;
  let total: f64 = 0;
  let at: usize = 0;
  while (at < whole) {
    const end = min(at + BLOCK, whole);
    let a = f32x4.splat(0), b = a, c = a, d = a;
    for (; at + 64 <= end; at += 64) {
      a = madd(v128.load(x + at), v128.load(w + at), a);
      b = madd(v128.load(x + at, 16), v128.load(w + at, 16), b);
      c = madd(v128.load(x + at, 32), v128.load(w + at, 32), c);
      d = madd(v128.load(x + at, 48), v128.load(w + at, 48), d);
    }
    for (; at < end; at += 16) a = madd(v128.load(x + at), v128.load(w + at), a);
    total += sumLanes(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)));
  }
  const rest = n & 3;
  if (rest) {
    const mask = tailMask(rest);
    total += sumLanes(f32x4.mul(v128.and(v128.load(x + whole), mask), v128.and(v128.load(w + whole), mask)));
  }
  return total;
}
