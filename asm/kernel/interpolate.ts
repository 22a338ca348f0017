// Linear interpolation along one axis of tensors [outer, length, inner], to `times` as many positions, whose centres lie at half steps: position o
// lies at (o + ½) / times − ½ of the old ones, and at the ends where that is beyond them. Rows of `inner` elements are read up to 12 bytes too
// far and written exactly.
import { madd } from "../simd/madd";
import { storeTail } from "../simd/tail";

/** The old position at or before position o, not below 0. */
// @ts-ignore: decorator
@inline
function before(o: i32, times: i32): i32 {
  return max(0, (2 * o + 1 + times) / (2 * times) - 1);
}

/** How much the old position behind `before(o)` counts. */
// @ts-ignore: decorator
@inline
function share(o: i32, times: i32): f32 {
  const shift = 2 * o + 1 - times;
  return shift < 0 ? 0 : <f32>(shift % (times << 1)) / <f32>(times << 1);
}

/**
 * y[·, o, ·] = x[·, i, ·] + f · (x[·, i + 1, ·] − x[·, i, ·]), where o lies by f behind i.
 *
 * @param y written: outer * length * times * inner
 * @param x read: outer * length * inner
 * @param outer count >= 0
 * @param length count >= 1
 * @param inner count >= 1
 * @param times count >= 1
 */
export function interpolate_forward(y: usize, x: usize, outer: i32, length: i32, inner: i32, times: i32): void {
  const stride = (<usize>inner) << 2;
  const whole = (<usize>(inner >> 2)) << 4;
  const rest = inner & 3;
  for (; outer > 0; outer--, x += <usize>length * stride) {
    for (let o = 0; o < length * times; o++, y += stride) {
      const i = before(o, times);
      const p = x + <usize>i * stride, q = x + <usize>min(i + 1, length - 1) * stride;
      const f = f32x4.splat(share(o, times));
      for (let at: usize = 0; at < stride; at += 16) {
        const a = v128.load(p + at);
        const v = madd(f32x4.sub(v128.load(q + at), a), f, a);
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
 * @param dy read: outer * length * times * inner
 * @param outer count >= 0
 * @param length count >= 1
 * @param inner count >= 1
 * @param times count >= 1
 */
export function interpolate_backward(dx: usize, dy: usize, outer: i32, length: i32, inner: i32, times: i32): void {
  const stride = (<usize>inner) << 2;
  const whole = (<usize>(inner >> 2)) << 4;
  const rest = inner & 3;
  const zero = f32x4.splat(0);
  for (; outer > 0; outer--, dy += <usize>length * <usize>times * stride) {
    for (let i = 0; i < length; i++, dx += stride) {
      const first = max(0, (i - 1) * times), end = min(length, i + 2) * times;
      let isFirst = true;
      for (let o = first; o < end; o++) {
        const from = before(o, times), to = min(from + 1, length - 1);
        if (from != i && to != i) continue;
        const f = share(o, times);
        const w = f32x4.splat(from == to ? <f32>1 : from == i ? <f32>1 - f : f);
        const p = dy + <usize>o * stride;
        for (let at: usize = 0; at < stride; at += 16) {
          const v = madd(v128.load(p + at), w, isFirst ? zero : v128.load(dx + at));
          if (at < whole) v128.store(dx + at, v);
          else storeTail(dx + at, v, rest);
        }
        isFirst = false;
      }
    }
  }
}
