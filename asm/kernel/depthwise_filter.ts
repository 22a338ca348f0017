// The gradient of a depthwise convolution by its filters. Vectors go along channels, of which threads have shares.
import { madd } from "../simd/madd";
import { storeWithin } from "../simd/tail";
import { endInside, firstInside } from "../tile/inside";

/**
 * dw[a, b] = Σ x[i · strideHeight − top + a · dilationHeight, j · strideWidth − left + b · dilationWidth] · dy[i, j] over all samples, for
 * `columns` of the channels. A row of dy is one chain, of what is within the image, and pixels at its edges; then these sums, in the order of
 * rows and samples. Shares are cut at multiples of 4 channels.
 *
 * @param dw written: rows(kernelHeight * kernelWidth, columns, channels)
 * @param x read: rows(samples * height * width, columns, channels)
 * @param dy read: rows(samples * outHeight * outWidth, columns, channels)
 * @param samples count >= 0
 * @param height count >= 1
 * @param width count >= 1
 * @param outHeight count >= 1
 * @param outWidth count >= 1
 * @param columns count 0 .. channels
 * @param channels count >= 1
 * @param kernelHeight count >= 1
 * @param kernelWidth count >= 1
 * @param strideHeight count >= 1
 * @param strideWidth count >= 1
 * @param dilationHeight count >= 1
 * @param dilationWidth count >= 1
 * @param top scalar
 * @param left scalar
 */
export function depthwise_filter(
  dw: usize, x: usize, dy: usize, samples: i32, height: i32, width: i32, outHeight: i32, outWidth: i32, columns: i32, channels: i32,
  kernelHeight: i32, kernelWidth: i32, strideHeight: i32, strideWidth: i32, dilationHeight: i32, dilationWidth: i32, top: i32, left: i32,
): void {
  if (columns <= 0) return;
  const pixel = (<usize>channels) << 2;
  const line = <usize>width * pixel;
  const bytes = (<usize>columns) << 2;
  const slides = kernelWidth == 3 && strideWidth == 1 && dilationWidth == 1;
  for (let tap = kernelHeight * kernelWidth, p = dw; tap > 0; tap--, p += pixel) memory.fill(p, 0, bytes);
  for (; samples > 0; samples--, x += <usize>height * line) {
    for (let oy = 0; oy < outHeight; oy++, dy += <usize>outWidth * pixel) {
      let taps = dw;
      for (let ky = 0, row = oy * strideHeight - top; ky < kernelHeight; ky++, row += dilationHeight, taps += <usize>kernelWidth * pixel) {
        if (<u32>row >= <u32>height) continue;
        const from = x + <usize>row * line;
        if (slides) {
          addThree(taps, from, dy, width, outWidth, columns, pixel, left);
          continue;
        }
        for (let kx = 0, to = taps; kx < kernelWidth; kx++, to += pixel) {
          const before = left - kx * dilationWidth;
          const begin = firstInside(outWidth, strideWidth, before);
          const count = endInside(begin, width, outWidth, 1, strideWidth, 1, before) - begin;
          addOne(to, from + <usize>(begin * strideWidth - before) * pixel, dy + <usize>begin * pixel, count, columns, pixel, <usize>strideWidth * pixel);
        }
      }
    }
  }
}

/** Adds Σ x[j · next] · dy[j] over `count` pixels to a tap. */
function addOne(to: usize, x: usize, dy: usize, count: i32, columns: i32, pixel: usize, next: usize): void {
  const whole = (<usize>(columns >> 2)) << 4;
  const rest = columns & 3;
  const bytes = (<usize>columns) << 2;
  let i: usize = 0;
  for (; i + 64 <= whole; i += 64) {
    let a = v128.load(to + i), b = v128.load(to + i, 16), c = v128.load(to + i, 32), d = v128.load(to + i, 48);
    let p = x + i, q = dy + i, a1 = f32x4.splat(0), b1 = a1, c1 = a1, d1 = a1;
    for (let n = count; n > 0; n--, p += next, q += pixel) {
      a1 = madd(v128.load(p), v128.load(q), a1);
      b1 = madd(v128.load(p, 16), v128.load(q, 16), b1);
      c1 = madd(v128.load(p, 32), v128.load(q, 32), c1);
      d1 = madd(v128.load(p, 48), v128.load(q, 48), d1);
    }
    v128.store(to + i, f32x4.add(a, a1));
    v128.store(to + i, f32x4.add(b, b1), 16);
    v128.store(to + i, f32x4.add(c, c1), 32);
    v128.store(to + i, f32x4.add(d, d1), 48);
  }
  for (; i < bytes; i += 16) {
    let p = x + i, q = dy + i, a = f32x4.splat(0);
    for (let n = count; n > 0; n--, p += next, q += pixel) a = madd(v128.load(p), v128.load(q), a);
    storeWithin(to + i, f32x4.add(v128.load(to + i), a), i, whole, rest);
  }
}

/** Adds what a row of dy and one of x give to three taps that are neighbours; a vector of x is read once for all of them. */
function addThree(to: usize, x: usize, dy: usize, width: i32, outWidth: i32, columns: i32, pixel: usize, left: i32): void {
  const whole = (<usize>(columns >> 2)) << 4;
  const rest = columns & 3;
  const bytes = (<usize>columns) << 2;
  const begin = firstInside(outWidth, 1, left), count = endInside(begin, width, outWidth, 3, 1, 1, left) - begin;
  let i: usize = 0;
  if (count > 0) {
    const first = x + <usize>(begin - left) * pixel, from = dy + <usize>begin * pixel;
    for (; i + 32 <= whole; i += 32) {
      let a = f32x4.splat(0), b = a, c = a, a1 = a, b1 = a, c1 = a;
      let p = first + i, q = from + i;
      let u = v128.load(p), u1 = v128.load(p, 16);
      p += pixel;
      let v = v128.load(p), v1 = v128.load(p, 16);
      for (let n = count; n > 0; n--, q += pixel) {
        p += pixel;
        const g = v128.load(q), t = v128.load(p), g1 = v128.load(q, 16), t1 = v128.load(p, 16);
        a = madd(u, g, a), a1 = madd(u1, g1, a1);
        b = madd(v, g, b), b1 = madd(v1, g1, b1);
        c = madd(t, g, c), c1 = madd(t1, g1, c1);
        u = v, u1 = v1;
        v = t, v1 = t1;
      }
      addAt(to + i, a), addAt(to + i + 16, a1);
      addAt(to + pixel + i, b), addAt(to + pixel + i + 16, b1);
      addAt(to + pixel + pixel + i, c), addAt(to + pixel + pixel + i + 16, c1);
    }
    for (; i < bytes; i += 16) {
      let a = f32x4.splat(0), b = a, c = a;
      let p = first + i, q = from + i;
      let u = v128.load(p);
      p += pixel;
      let v = v128.load(p);
      for (let n = count; n > 0; n--, q += pixel) {
        p += pixel;
        const g = v128.load(q), t = v128.load(p);
        a = madd(u, g, a);
        b = madd(v, g, b);
        c = madd(t, g, c);
        u = v;
        v = t;
      }
      storeWithin(to + i, f32x4.add(v128.load(to + i), a), i, whole, rest);
      storeWithin(to + pixel + i, f32x4.add(v128.load(to + pixel + i), b), i, whole, rest);
      storeWithin(to + pixel + pixel + i, f32x4.add(v128.load(to + pixel + pixel + i), c), i, whole, rest);
    }
  }
  // Pixels whose windows go beyond an edge, one by one.
  for (let ox = begin > 0 ? 0 : begin + count; ox < outWidth; ox = ox + 1 == begin ? begin + count : ox + 1) {
    for (let kx = 0; kx < 3; kx++) {
      const ix = ox - left + kx;
      if (<u32>ix < <u32>width) addOne(to + <usize>kx * pixel, x + <usize>ix * pixel, dy + <usize>ox * pixel, 1, columns, pixel, 0);
    }
  }
}

/** Adds v to the whole vector at p. */
// @ts-ignore: decorator
@inline
function addAt(p: usize, v: v128): void {
  v128.store(p, f32x4.add(v128.load(p), v));
}
