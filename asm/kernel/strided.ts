// Moving elements between tensors: permuting axes, cutting out, padding, joining, repeating, and adding up what was repeated.
//
// The element of y at y0 + Σ i[k] · ys[k] goes with the one of x at x0 + Σ i[k] · xs[k], for all i[k] from 0 to n[k] − 1, k from 0 to 5; all
// are counted in elements. A stride may be 0 or negative. Elements are stored exactly, none beside them; y must not overlap x. The first
// axis is the one that threads share, so a share is a smaller n0 with both addresses further on.
import { transpose_4 } from "../simd/transpose_4";

/** A span of `n` elements: y[i] = x[i · s]. */
function copySpan(y: usize, x: usize, n: i32, s: i32): void {
  if (n == 0) return; // there may be no x
  const end = y + ((<usize>n) << 2);
  if (s == 1) {
    const whole = y + ((<usize>(n >> 2)) << 4);
    for (; y < whole; y += 16, x += 16) v128.store(y, v128.load(x));
    for (; y < end; y += 4, x += 4) store<u32>(y, load<u32>(x));
  } else if (s == 0) {
    const v = v128.load32_splat(x);
    const whole = y + ((<usize>(n >> 2)) << 4);
    for (; y < whole; y += 16) v128.store(y, v);
    for (; y < end; y += 4) v128.store32_lane(y, v, 0);
  } else {
    const step = (<usize>s) << 2;
    for (; y < end; y += 4, x += step) store<u32>(y, load<u32>(x));
  }
}

/** A plane whose rows in y are columns in x: y[i, j] = x[j, i] for m rows of n elements; rows of y are `to` bytes apart, those of x `from`. */
function turnPlane(y: usize, x: usize, m: i32, n: i32, to: usize, from: usize): void {
  const whole = n & ~3;
  let i = 0;
  for (; i + 4 <= m; i += 4, y += to << 2, x += 16) {
    let p = y, q = x;
    for (let j = 0; j < whole; j += 4, p += 16, q += from << 2) {
      transpose_4(p, to, q, q + from, q + 2 * from, q + 3 * from);
    }
    for (let j = whole; j < n; j++, p += 4, q += from) {
      store<u32>(p, load<u32>(q)), store<u32>(p + to, load<u32>(q, 4));
      store<u32>(p + 2 * to, load<u32>(q, 8)), store<u32>(p + 3 * to, load<u32>(q, 12));
    }
  }
  for (; i < m; i++, y += to, x += 4) {
    let q = x;
    for (let p = y, end = y + ((<usize>n) << 2); p < end; p += 4, q += from) store<u32>(p, load<u32>(q));
  }
}

/**
 * y[…] = x[…] over six axes.
 *
 * @param y written: walk(y0, n0, ys0, n1, ys1, n2, ys2, n3, ys3, n4, ys4, n5, ys5)
 * @param x read: walk(x0, n0, xs0, n1, xs1, n2, xs2, n3, xs3, n4, xs4, n5, xs5)
 * @param y0 scalar
 * @param x0 scalar
 * @param n0 count >= 0
 * @param n1 count >= 0
 * @param n2 count >= 0
 * @param n3 count >= 0
 * @param n4 count >= 0
 * @param n5 count >= 0
 * @param ys0 scalar
 * @param ys1 scalar
 * @param ys2 scalar
 * @param ys3 scalar
 * @param ys4 scalar
 * @param ys5 scalar
 * @param xs0 scalar
 * @param xs1 scalar
 * @param xs2 scalar
 * @param xs3 scalar
 * @param xs4 scalar
 * @param xs5 scalar
 * @edge blocks
 */
export function strided_copy(y: usize, x: usize, y0: i32, x0: i32, n0: i32, n1: i32, n2: i32, n3: i32, n4: i32, n5: i32, ys0: i32, ys1: i32, ys2: i32, ys3: i32, ys4: i32, ys5: i32, xs0: i32, xs1: i32, xs2: i32, xs3: i32, xs4: i32, xs5: i32): void {
  y += (<usize>y0) << 2;
  x += (<usize>x0) << 2;
  const step = (<usize>ys5) << 2, from = (<usize>xs5) << 2;
  for (let i0 = 0; i0 < n0; i0++) {
    for (let i1 = 0; i1 < n1; i1++) {
      for (let i2 = 0; i2 < n2; i2++) {
        for (let i3 = 0; i3 < n3; i3++) {
          let p = y + ((<usize>(i0 * ys0 + i1 * ys1 + i2 * ys2 + i3 * ys3)) << 2);
          let q = x + ((<usize>(i0 * xs0 + i1 * xs1 + i2 * xs2 + i3 * xs3)) << 2);
          if (ys5 == 1 && xs4 == 1 && n4 > 1 && xs5 > 1) {
            turnPlane(p, q, n4, n5, (<usize>ys4) << 2, from);
            continue;
          }
          for (let i4 = 0; i4 < n4; i4++) {
            if (ys5 == 1) {
              copySpan(p, q, n5, xs5);
            } else {
              let to = p, at = q;
              for (let i5 = 0; i5 < n5; i5++, to += step, at += from) store<u32>(to, load<u32>(at));
            }
            p += (<usize>ys4) << 2;
            q += (<usize>xs4) << 2;
          }
        }
      }
    }
  }
}

/**
 * y[…] += x[…] over six axes, in ascending order of the axes from the first to the last: where a stride of y is 0, the terms of a sum are
 * added one by one in that order, whatever the shares.
 *
 * @param y updated: walk(y0, n0, ys0, n1, ys1, n2, ys2, n3, ys3, n4, ys4, n5, ys5)
 * @param x read: walk(x0, n0, xs0, n1, xs1, n2, xs2, n3, xs3, n4, xs4, n5, xs5)
 * @param y0 scalar
 * @param x0 scalar
 * @param n0 count >= 0
 * @param n1 count >= 0
 * @param n2 count >= 0
 * @param n3 count >= 0
 * @param n4 count >= 0
 * @param n5 count >= 0
 * @param ys0 scalar
 * @param ys1 scalar
 * @param ys2 scalar
 * @param ys3 scalar
 * @param ys4 scalar
 * @param ys5 scalar
 * @param xs0 scalar
 * @param xs1 scalar
 * @param xs2 scalar
 * @param xs3 scalar
 * @param xs4 scalar
 * @param xs5 scalar
 * @edge blocks
 */
export function strided_add(y: usize, x: usize, y0: i32, x0: i32, n0: i32, n1: i32, n2: i32, n3: i32, n4: i32, n5: i32, ys0: i32, ys1: i32, ys2: i32, ys3: i32, ys4: i32, ys5: i32, xs0: i32, xs1: i32, xs2: i32, xs3: i32, xs4: i32, xs5: i32): void {
  y += (<usize>y0) << 2;
  x += (<usize>x0) << 2;
  const step = (<usize>ys5) << 2, from = (<usize>xs5) << 2;
  const whole = ys5 == 1 && xs5 == 1 ? n5 >> 2 : 0;
  for (let i0 = 0; i0 < n0; i0++) {
    for (let i1 = 0; i1 < n1; i1++) {
      for (let i2 = 0; i2 < n2; i2++) {
        for (let i3 = 0; i3 < n3; i3++) {
          let p = y + ((<usize>(i0 * ys0 + i1 * ys1 + i2 * ys2 + i3 * ys3)) << 2);
          let q = x + ((<usize>(i0 * xs0 + i1 * xs1 + i2 * xs2 + i3 * xs3)) << 2);
          for (let i4 = 0; i4 < n4; i4++) {
            let to = p, at = q;
            for (let i = 0; i < whole; i++, to += 16, at += 16) v128.store(to, f32x4.add(v128.load(to), v128.load(at)));
            for (let i = whole << 2; i < n5; i++, to += step, at += from) store<f32>(to, load<f32>(to) + load<f32>(at));
            p += (<usize>ys4) << 2;
            q += (<usize>xs4) << 2;
          }
        }
      }
    }
  }
}
