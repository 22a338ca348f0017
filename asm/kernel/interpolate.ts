// Other positions along one axis of tensors [outer, length, inner]: `size` of them, evenly over the same stretch. Position o has its centre at
// (o + ½) · length / size of the old ones, whose centres are at halves. Rows of `inner` elements are read up to 12 bytes too far and written
// exactly.
import { madd } from "../simd/madd";
import { storeTail } from "../simd/tail";

/** The old position whose stretch holds the centre of position o. */
// @ts-ignore: decorator
@inline
function nearest(o: i32, length: i32, size: i32): i32 {
  return <i32>((2 * <i64>o + 1) * <i64>length / (2 * <i64>size));
}

/** The old position whose centre is at or before that of position o, not below 0. */
// @ts-ignore: decorator
@inline
function before(o: i32, length: i32, size: i32): i32 {
  return max(0, <i32>(((2 * <i64>o + 1) * <i64>length + <i64>size) / (2 * <i64>size)) - 1);
}

/** How much the old position behind `before` counts. */
// @ts-ignore: decorator
@inline
function share(o: i32, length: i32, size: i32): f32 {
  const steps = 2 * <i64>size;
  const shift = (2 * <i64>o + 1) * <i64>length - <i64>size;
  return shift < 0 ? <f32>0 : <f32>(shift % steps) / <f32>steps;
}

/**
 * y[·, o, ·] = x[·, i, ·] + f · (x[·, i + 1, ·] − x[·, i, ·]), where o lies by f behind i. With `isNearest` y[·, o, ·] = x[·, i, ·] for the
 * nearest i.
 *
 * @param y written: outer * size * inner
 * @param x read: outer * length * inner
 * @param outer count >= 0
 * @param length count >= 1
 * @param inner count >= 1
 * @param size count >= 1
 * @param isNearest flag
 * @edge blocks
 */
export function interpolate_forward(
  y: usize, x: usize, outer: i32, length: i32, inner: i32, size: i32, isNearest: i32,
): void {
  const stride = (<usize>inner) << 2;
  const whole = (<usize>(inner >> 2)) << 4;
  const rest = inner & 3;
  for (; outer > 0; outer--, x += <usize>length * stride) {
    for (let o = 0; o < size; o++, y += stride) {
      const i = isNearest ? nearest(o, length, size) : before(o, length, size);
      const p = x + <usize>i * stride, q = x + <usize>min(i + 1, length - 1) * stride;
      const f = f32x4.splat(isNearest ? <f32>0 : share(o, length, size));
      for (let at: usize = 0; at < stride; at += 16) {
        const a = v128.load(p + at);
        const v = isNearest ? a : madd(f32x4.sub(v128.load(q + at), a), f, a);
        if (at < whole) v128.store(y + at, v);
        else storeTail(y + at, v, rest);
      }
    }
  }
}

/**
 * dx[·, i, ·] = Σ dy[·, o, ·] · (what x[·, i, ·] counts in y[·, o, ·]), in the order of o.
 *
 * @param dx written: outer * length * inner
 * @param dy read: outer * size * inner
 * @param outer count >= 0
 * @param length count >= 1
 * @param inner count >= 1
 * @param size count >= 1
 * @param isNearest flag
 */
export function interpolate_backward(
  dx: usize, dy: usize, outer: i32, length: i32, inner: i32, size: i32, isNearest: i32,
): void {
  const stride = (<usize>inner) << 2;
  const whole = (<usize>(inner >> 2)) << 4;
  const rest = inner & 3;
  const zero = f32x4.splat(0);
  for (; outer > 0; outer--, dy += <usize>size * stride) {
    for (let i = 0; i < length; i++, dx += stride) {
      // Only positions within one step of i can hold a part of it.
      const first = max(0, <i32>((2 * <i64>i - 1) * <i64>size / (2 * <i64>length)) - 1);
      const end = min(size, <i32>((2 * <i64>i + 3) * <i64>size / (2 * <i64>length)) + 1);
      let isFirst = true;
      for (let o = first; o < end; o++) {
        const from = isNearest ? nearest(o, length, size) : before(o, length, size);
        const to = isNearest ? from : min(from + 1, length - 1);
        if (from != i && to != i) continue;
        const f = share(o, length, size);
        const w = f32x4.splat(from == to ? <f32>1 : from == i ? <f32>1 - f : f);
        const p = dy + <usize>o * stride;
        for (let at: usize = 0; at < stride; at += 16) {
          const v = madd(v128.load(p + at), w, isFirst ? zero : v128.load(dx + at));
          if (at < whole) v128.store(dx + at, v);
          else storeTail(dx + at, v, rest);
        }
        isFirst = false;
      }
      if (!isFirst) continue;
      for (let at: usize = 0; at < stride; at += 16) {
        if (at < whole) v128.store(dx + at, zero);
        else storeTail(dx + at, zero, rest);
      }
    }
  }
}
