// Depthwise convolution of images [height, width, channels]: every channel has a filter of its own, a window of kernelHeight × kernelWidth
// taps that are dilationHeight and dilationWidth apart; the next window is a stride further. The first one begins `top` rows above the image and
// `left` columns before it; what lies outside counts as 0. Vectors go along channels: pixels are read up to 12 bytes too far and written
// exactly. Every tap is checked to lie within the image, so no geometry leads out of it.
import { madd } from "../simd/madd";
import { storeTail } from "../simd/tail";

/** Stores v at p, or its first lanes where a pixel ends within it. */
// @ts-ignore: decorator
@inline
function storeWithin(p: usize, v: v128, i: usize, whole: usize, rest: i32): void {
  if (i < whole) v128.store(p, v);
  else storeTail(p, v, rest);
}

/** The first position from which on all taps are at or behind the first element. */
// @ts-ignore: decorator
@inline
function firstInside(count: i32, stride: i32, before: i32): i32 {
  return <i32>min(<i64>count, max(<i64>0, (<i64>before + <i64>stride - 1) / <i64>stride));
}

/** The first position from there on with a tap behind the last element. */
// @ts-ignore: decorator
@inline
function endInside(first: i32, length: i32, count: i32, taps: i32, stride: i32, dilation: i32, before: i32): i32 {
  const room = <i64>length - 1 - <i64>(taps - 1) * <i64>dilation + <i64>before;
  return room < 0 ? first : <i32>max(<i64>first, min(<i64>count, room / <i64>stride + 1));
}

/** Whether i is from 0 to length − 1. */
// @ts-ignore: decorator
@inline
function isWithin(i: i32, length: i32): bool {
  return <u32>i < <u32>length;
}

/**
 * y[i, j] = bias + Σ x[i · strideHeight − top + a · dilationHeight, j · strideWidth − left + b · dilationWidth] · w[a, b], or · w with its taps in
 * the other order, where `reversed`, channel by channel.
 *
 * Sums go row by row of the window; of 3 × 3 neighbours, windows 1 apart, they go column by column where all of it is within the image: a
 * column of x is read once then, and stands in three windows.
 *
 * @param y written: samples * outHeight * outWidth * channels
 * @param x read: samples * height * width * channels
 * @param w read: kernelHeight * kernelWidth * channels
 * @param bias read: channels, optional
 * @param samples count >= 0
 * @param height count >= 1
 * @param width count >= 1
 * @param outHeight count >= 1
 * @param outWidth count >= 1
 * @param channels count >= 1
 * @param kernelHeight count >= 1
 * @param kernelWidth count >= 1
 * @param strideHeight count >= 1
 * @param strideWidth count >= 1
 * @param dilationHeight count >= 1
 * @param dilationWidth count >= 1
 * @param top scalar
 * @param left scalar
 * @param reversed flag
 */
export function depthwise_forward(
  y: usize, x: usize, w: usize, bias: usize, samples: i32, height: i32, width: i32, outHeight: i32, outWidth: i32, channels: i32,
  kernelHeight: i32, kernelWidth: i32, strideHeight: i32, strideWidth: i32, dilationHeight: i32, dilationWidth: i32, top: i32, left: i32,
  reversed: i32,
): void {
  const pixel = (<usize>channels) << 2;
  const line = <usize>width * pixel;
  const begin = firstInside(outWidth, strideWidth, left);
  const end = endInside(begin, width, outWidth, kernelWidth, strideWidth, dilationWidth, left);
  // Address arithmetic wraps around: a step may go backwards.
  const step = reversed ? 0 - pixel : pixel;
  if (reversed) w += <usize>(kernelHeight * kernelWidth - 1) * pixel;
  const slides = kernelHeight == 3 && kernelWidth == 3 && (strideWidth & dilationWidth & dilationHeight) == 1 &&
    (strideWidth | dilationWidth | dilationHeight) == 1;
  for (; samples > 0; samples--, x += <usize>height * line) {
    for (let oy = 0; oy < outHeight; oy++, y += <usize>outWidth * pixel) {
      const iy = oy * strideHeight - top;
      let from = begin, to = begin;
      if (slides && isWithin(iy, height) && isWithin(iy + 2, height)) {
        to = end;
        if (to > from) {
          slide(y + <usize>from * pixel, x + <usize>iy * line + <usize>(from - left) * pixel, w, bias, to - from, channels, line, step);
        }
      } else {
        for (; to + 4 <= end; to += 4) {
          fourPixels(
            y + <usize>to * pixel, x, w, bias, iy, to * strideWidth - left, height, channels, line, step,
            kernelHeight, kernelWidth, strideWidth, dilationHeight, dilationWidth,
          );
        }
      }
      for (let ox = 0; ox < outWidth; ox++) {
        if (ox == from) {
          ox = to;
          if (ox >= outWidth) break;
        }
        onePixel(
          y + <usize>ox * pixel, x, w, bias, iy, ox * strideWidth - left, height, width, channels, line, step,
          kernelHeight, kernelWidth, dilationHeight, dilationWidth,
        );
      }
    }
  }
}

/** `count` pixels of a row, by windows of 3 × 3 that begin at x. */
function slide(y: usize, x: usize, w: usize, bias: usize, count: i32, channels: i32, line: usize, step: usize): void {
  const pixel = (<usize>channels) << 2;
  const whole = (<usize>(channels >> 2)) << 4;
  const rest = channels & 3;
  for (let i: usize = 0; i < pixel; i += 16) {
    let p = w + i;
    const w00 = v128.load(p), w01 = v128.load(p += step), w02 = v128.load(p += step);
    const w10 = v128.load(p += step), w11 = v128.load(p += step), w12 = v128.load(p += step);
    const w20 = v128.load(p += step), w21 = v128.load(p += step), w22 = v128.load(p += step);
    const first = bias ? v128.load(bias + i) : f32x4.splat(0);
    let q = x + i, to = y + i;
    let u = v128.load(q), v = v128.load(q + line), t = v128.load(q + line + line);
    // Sums of the window of which this column is the first, and of that of which it is the second.
    let a = f32x4.add(first, madd(t, w20, madd(v, w10, f32x4.mul(u, w00))));
    q += pixel;
    u = v128.load(q), v = v128.load(q + line), t = v128.load(q + line + line);
    let b = f32x4.add(a, madd(t, w21, madd(v, w11, f32x4.mul(u, w01))));
    a = f32x4.add(first, madd(t, w20, madd(v, w10, f32x4.mul(u, w00))));
    for (let n = count; n > 0; n--) {
      q += pixel;
      u = v128.load(q), v = v128.load(q + line), t = v128.load(q + line + line);
      const sum = f32x4.add(b, madd(t, w22, madd(v, w12, f32x4.mul(u, w02))));
      b = f32x4.add(a, madd(t, w21, madd(v, w11, f32x4.mul(u, w01))));
      a = f32x4.add(first, madd(t, w20, madd(v, w10, f32x4.mul(u, w00))));
      storeWithin(to, sum, i, whole, rest);
      to += pixel;
    }
  }
}

/** Four pixels of a row whose windows begin in row iy and in column ix of the image, and lie within its columns. */
function fourPixels(
  y: usize, x: usize, w: usize, bias: usize, iy: i32, ix: i32, height: i32, channels: i32, line: usize, step: usize,
  kernelHeight: i32, kernelWidth: i32, stride: i32, dilationHeight: i32, dilationWidth: i32,
): void {
  const pixel = (<usize>channels) << 2;
  const whole = (<usize>(channels >> 2)) << 4;
  const rest = channels & 3;
  const next = <usize>stride * pixel, across = <usize>dilationWidth * pixel;
  for (let i: usize = 0; i < pixel; i += 16) {
    let a = bias ? v128.load(bias + i) : f32x4.splat(0), b = a, c = a, d = a;
    let tap = w + i;
    for (let ky = 0, row = iy; ky < kernelHeight; ky++, row += dilationHeight) {
      if (!isWithin(row, height)) {
        tap += <usize>kernelWidth * step;
        continue;
      }
      let p = x + <usize>row * line + <usize>ix * pixel + i;
      for (let kx = kernelWidth; kx > 0; kx--, p += across, tap += step) {
        const v = v128.load(tap);
        a = madd(v128.load(p), v, a);
        b = madd(v128.load(p + next), v, b);
        c = madd(v128.load(p + next + next), v, c);
        d = madd(v128.load(p + next + next + next), v, d);
      }
    }
    const q = y + i;
    storeWithin(q, a, i, whole, rest);
    storeWithin(q + pixel, b, i, whole, rest);
    storeWithin(q + pixel + pixel, c, i, whole, rest);
    storeWithin(q + pixel + pixel + pixel, d, i, whole, rest);
  }
}

/** One pixel, whose window begins in row iy and in column ix of the image or outside of it. */
function onePixel(
  y: usize, x: usize, w: usize, bias: usize, iy: i32, ix: i32, height: i32, width: i32, channels: i32, line: usize, step: usize,
  kernelHeight: i32, kernelWidth: i32, dilationHeight: i32, dilationWidth: i32,
): void {
  const pixel = (<usize>channels) << 2;
  const whole = (<usize>(channels >> 2)) << 4;
  const rest = channels & 3;
  for (let i: usize = 0; i < pixel; i += 16) {
    let a = bias ? v128.load(bias + i) : f32x4.splat(0);
    let tap = w + i;
    for (let ky = 0, row = iy; ky < kernelHeight; ky++, row += dilationHeight) {
      const isRow = isWithin(row, height);
      for (let kx = 0, column = ix; kx < kernelWidth; kx++, column += dilationWidth, tap += step) {
        if (isRow && isWithin(column, width)) a = madd(v128.load(x + <usize>row * line + <usize>column * pixel + i), v128.load(tap), a);
      }
    }
    storeWithin(y + i, a, i, whole, rest);
  }
}

/**
 * dx[i · strideHeight − top + a · dilationHeight, j · strideWidth − left + b · dilationWidth] = Σ dy[i, j] · w[a, b], channel by channel, in the
 * order of dy and then of w. Windows 1 apart are depthwise_forward's, reversed.
 *
 * @param dx written: samples * height * width * channels
 * @param dy read: samples * outHeight * outWidth * channels
 * @param w read: kernelHeight * kernelWidth * channels
 * @param samples count >= 0
 * @param height count >= 1
 * @param width count >= 1
 * @param outHeight count >= 1
 * @param outWidth count >= 1
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
export function depthwise_input(
  dx: usize, dy: usize, w: usize, samples: i32, height: i32, width: i32, outHeight: i32, outWidth: i32, channels: i32,
  kernelHeight: i32, kernelWidth: i32, strideHeight: i32, strideWidth: i32, dilationHeight: i32, dilationWidth: i32, top: i32, left: i32,
): void {
  const pixel = (<usize>channels) << 2;
  const whole = (<usize>(channels >> 2)) << 4;
  const rest = channels & 3;
  const line = <usize>width * pixel;
  for (; samples > 0; samples--, dx += <usize>height * line) {
    memory.fill(dx, 0, <usize>height * line);
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ox = 0; ox < outWidth; ox++, dy += pixel) {
        let tap = w;
        for (let ky = 0, row = oy * strideHeight - top; ky < kernelHeight; ky++, row += dilationHeight) {
          const isRow = isWithin(row, height);
          for (let kx = 0, column = ox * strideWidth - left; kx < kernelWidth; kx++, column += dilationWidth, tap += pixel) {
            if (!isRow || !isWithin(column, width)) continue;
            const p = dx + <usize>row * line + <usize>column * pixel;
            let i: usize = 0;
            for (; i + 32 <= whole; i += 32) {
              v128.store(p + i, madd(v128.load(dy + i), v128.load(tap + i), v128.load(p + i)));
              v128.store(p + i, madd(v128.load(dy + i, 16), v128.load(tap + i, 16), v128.load(p + i, 16)), 16);
            }
            for (; i < pixel; i += 16) {
              storeWithin(p + i, madd(v128.load(dy + i), v128.load(tap + i), v128.load(p + i)), i, whole, rest);
            }
          }
        }
      }
    }
  }
}

/**
 * dw[a, b] = Σ x[i · strideHeight − top + a · dilationHeight, j · strideWidth − left + b · dilationWidth] · dy[i, j] over all samples, for
 * `columns` of the channels. A row of dy is one chain; then these sums, in the order of rows and samples. Shares are cut at multiples of 4
 * channels.
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
  const pixel = (<usize>channels) << 2;
  const line = <usize>width * pixel;
  const bytes = (<usize>columns) << 2;
  const whole = (<usize>(columns >> 2)) << 4;
  const rest = columns & 3;
  const slides = kernelWidth == 3 && strideWidth == 1 && dilationWidth == 1;
  for (let tap = kernelHeight * kernelWidth, p = dw; tap > 0; tap--, p += pixel) memory.fill(p, 0, bytes);
  for (; samples > 0; samples--, x += <usize>height * line) {
    for (let oy = 0; oy < outHeight; oy++, dy += <usize>outWidth * pixel) {
      let taps = dw;
      for (let ky = 0, row = oy * strideHeight - top; ky < kernelHeight; ky++, row += dilationHeight, taps += <usize>kernelWidth * pixel) {
        if (!isWithin(row, height)) continue;
        const from = x + <usize>row * line;
        if (slides) {
          const begin = firstInside(outWidth, 1, left), end = endInside(begin, width, outWidth, 3, 1, 1, left);
          for (let i: usize = 0; i < bytes; i += 16) {
            let a = f32x4.splat(0), b = a, c = a;
            let q = dy + i;
            for (let ox = 0; ox < outWidth; ox++, q += pixel) {
              const ix = ox - left;
              if (ox == begin && ox < end) {
                let p = from + <usize>ix * pixel + i;
                let u = v128.load(p), v = v128.load(p + pixel);
                p += pixel + pixel;
                for (; ox < end; ox++, q += pixel, p += pixel) {
                  const g = v128.load(q), t = v128.load(p);
                  a = madd(u, g, a);
                  b = madd(v, g, b);
                  c = madd(t, g, c);
                  u = v;
                  v = t;
                }
                if (ox >= outWidth) break;
              }
              const g = v128.load(q), p = from + <usize>(ox - left) * pixel + i;
              if (isWithin(ox - left, width)) a = madd(v128.load(p), g, a);
              if (isWithin(ox - left + 1, width)) b = madd(v128.load(p + pixel), g, b);
              if (isWithin(ox - left + 2, width)) c = madd(v128.load(p + pixel + pixel), g, c);
            }
            const to = taps + i;
            storeWithin(to, f32x4.add(v128.load(to), a), i, whole, rest);
            storeWithin(to + pixel, f32x4.add(v128.load(to + pixel), b), i, whole, rest);
            storeWithin(to + pixel + pixel, f32x4.add(v128.load(to + pixel + pixel), c), i, whole, rest);
          }
          continue;
        }
        for (let kx = 0, to = taps; kx < kernelWidth; kx++, to += pixel) {
          const before = left - kx * dilationWidth;
          const begin = firstInside(outWidth, strideWidth, before);
          const end = endInside(begin, width, outWidth, 1, strideWidth, 1, before);
          const next = <usize>strideWidth * pixel;
          for (let i: usize = 0; i < bytes; i += 16) {
            let a = f32x4.splat(0);
            let q = dy + <usize>begin * pixel + i;
            let p = from + <usize>(begin * strideWidth - before) * pixel + i;
            for (let ox = begin; ox < end; ox++, q += pixel, p += next) a = madd(v128.load(p), v128.load(q), a);
            storeWithin(to + i, f32x4.add(v128.load(to + i), a), i, whole, rest);
          }
        }
      }
    }
  }
}
