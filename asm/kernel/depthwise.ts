// Depthwise convolution of images [height, width, channels]: every channel has a filter of its own, a window of kernelHeight × kernelWidth
// taps that are dilationHeight and dilationWidth apart; the next window is a stride further. The first one begins `top` rows above the image and
// `left` columns before it; what lies outside counts as 0. Vectors go along channels: pixels are read up to 12 bytes too far and written
// exactly. Windows are cut to the image, so no geometry leads out of it.
import { madd } from "../simd/madd";
import { storeWithin } from "../simd/tail";
import { endInside, firstInside } from "../tile/inside";

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
 * Sums go row by row of the window; of up to 3 rows of 3 neighbours, windows 1 apart, they go column by column where all columns are within the
 * image: a column of x is read once then, and stands in three windows.
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
 * @edge blocks
 */
export function depthwise_forward(
  y: usize, x: usize, w: usize, bias: usize, samples: i32, height: i32, width: i32, outHeight: i32, outWidth: i32, channels: i32,
  kernelHeight: i32, kernelWidth: i32, strideHeight: i32, strideWidth: i32, dilationHeight: i32, dilationWidth: i32, top: i32, left: i32,
  reversed: i32,
): void {
  const pixel = (<usize>channels) << 2;
  const line = <usize>width * pixel;
  // A file for the edge may say anything: what is less than 1 would lead out of the image.
  strideWidth = max(1, strideWidth), dilationHeight = max(1, dilationHeight), dilationWidth = max(1, dilationWidth);
  const begin = firstInside(outWidth, strideWidth, left);
  const end = endInside(begin, width, outWidth, kernelWidth, strideWidth, dilationWidth, left);
  // Address arithmetic wraps around: a step may go backwards.
  const step = reversed ? 0 - pixel : pixel;
  if (reversed) w += <usize>(kernelHeight * kernelWidth - 1) * pixel;
  const down = <usize>dilationHeight * line, slides = kernelWidth == 3 && strideWidth == 1 && dilationWidth == 1;
  for (; samples > 0; samples--, x += <usize>height * line) {
    for (let oy = 0; oy < outHeight; oy++, y += <usize>outWidth * pixel) {
      const iy = oy * strideHeight - top;
      const ky = firstTap(iy, dilationHeight), rows = endTap(iy, height, kernelHeight, dilationHeight) - ky;
      const from = x + <usize>(iy + ky * dilationHeight) * line, tap = w + <usize>(ky * kernelWidth) * step;
      let to = begin;
      if (slides && rows > 0 && rows <= 3) {
        to = end;
        const p = y + <usize>begin * pixel, q = from + <usize>(begin - left) * pixel;
        if (begin < end) {
          if (rows == 3) slide3(p, q, tap, bias, end - begin, channels, down, step);
          else if (rows == 2) slide2(p, q, tap, bias, end - begin, channels, down, step);
          else slide1(p, q, tap, bias, end - begin, channels, down, step);
        }
      } else {
        for (; to + 4 <= end; to += 4) {
          const q = from + <usize>(to * strideWidth - left) * pixel;
          fourPixels(y + <usize>to * pixel, q, tap, bias, rows, kernelWidth, channels, <usize>strideWidth * pixel, <usize>dilationWidth * pixel, down, step);
        }
      }
      for (let ox = begin > 0 ? 0 : to; ox < outWidth; ox = ox + 1 == begin ? to : ox + 1) {
        const ix = ox * strideWidth - left;
        const kx = firstTap(ix, dilationWidth), columns = endTap(ix, width, kernelWidth, dilationWidth) - kx;
        const q = from + <usize>(ix + kx * dilationWidth) * pixel;
        onePixel(y + <usize>ox * pixel, q, tap + <usize>kx * step, bias, rows, columns, kernelWidth, channels, <usize>dilationWidth * pixel, down, step);
      }
    }
  }
}

/** The first tap of a window that begins at i which is at or behind the first element. */
// @ts-ignore: decorator
@inline
function firstTap(i: i32, dilation: i32): i32 {
  return i >= 0 ? 0 : <i32>((<i64>dilation - 1 - <i64>i) / <i64>dilation);
}

/** The first tap behind the last element, at most `taps`; at least 0. */
// @ts-ignore: decorator
@inline
function endTap(i: i32, length: i32, taps: i32, dilation: i32): i32 {
  return <i32>max(<i64>0, min(<i64>taps, (<i64>length - <i64>i + <i64>dilation - 1) / <i64>dilation));
}

/** As `slideRows`, for 3 rows. */
function slide3(y: usize, x: usize, w: usize, bias: usize, count: i32, channels: i32, line: usize, step: usize): void {
  slideRows(3, y, x, w, bias, count, channels, line, step);
}

/** As `slideRows`, for 2 rows. */
function slide2(y: usize, x: usize, w: usize, bias: usize, count: i32, channels: i32, line: usize, step: usize): void {
  slideRows(2, y, x, w, bias, count, channels, line, step);
}

/** As `slideRows`, for 1 row. */
function slide1(y: usize, x: usize, w: usize, bias: usize, count: i32, channels: i32, line: usize, step: usize): void {
  slideRows(1, y, x, w, bias, count, channels, line, step);
}

/** The sum of a column of a window. */
// @ts-ignore: decorator
@inline
function columnOf(rows: i32, u: v128, v: v128, t: v128, w0: v128, w1: v128, w2: v128): v128 {
  let sum = f32x4.mul(u, w0);
  if (rows > 1) sum = madd(v, w1, sum);
  return rows > 2 ? madd(t, w2, sum) : sum;
}

/** `count` pixels of a row, by windows of so many rows of 3 pixels that begin at x; a row of taps lies 3 steps behind the one before. */
// @ts-ignore: decorator
@inline
function slideRows(rows: i32, y: usize, x: usize, w: usize, bias: usize, count: i32, channels: i32, line: usize, step: usize): void {
  const pixel = (<usize>channels) << 2;
  const whole = (<usize>(channels >> 2)) << 4;
  const rest = channels & 3;
  const second = rows > 1 ? line : 0, third = rows > 2 ? line + line : 0;
  for (let i: usize = 0; i < pixel; i += 16) {
    let p = w + i;
    const w00 = v128.load(p), w01 = v128.load(p + step), w02 = v128.load(p + step + step);
    if (rows > 1) p += 3 * step;
    const w10 = v128.load(p), w11 = v128.load(p + step), w12 = v128.load(p + step + step);
    if (rows > 2) p += 3 * step;
    const w20 = v128.load(p), w21 = v128.load(p + step), w22 = v128.load(p + step + step);
    const first = bias ? v128.load(bias + i) : f32x4.splat(0);
    let q = x + i, to = y + i;
    let u = v128.load(q), v = v128.load(q + second), t = v128.load(q + third);
    // Sums of the window of which this column is the first, and of that of which it is the second.
    let a = f32x4.add(first, columnOf(rows, u, v, t, w00, w10, w20));
    q += pixel;
    u = v128.load(q), v = v128.load(q + second), t = v128.load(q + third);
    let b = f32x4.add(a, columnOf(rows, u, v, t, w01, w11, w21));
    a = f32x4.add(first, columnOf(rows, u, v, t, w00, w10, w20));
    for (let n = count; n > 0; n--) {
      q += pixel;
      u = v128.load(q);
      if (rows > 1) v = v128.load(q + second);
      if (rows > 2) t = v128.load(q + third);
      const sum = f32x4.add(b, columnOf(rows, u, v, t, w02, w12, w22));
      b = f32x4.add(a, columnOf(rows, u, v, t, w01, w11, w21));
      a = f32x4.add(first, columnOf(rows, u, v, t, w00, w10, w20));
      storeWithin(to, sum, i, whole, rest);
      to += pixel;
    }
  }
}

/** Four pixels of a row, whose windows have `rows` rows within the image, from x on, and whole ones. */
function fourPixels(
  y: usize, x: usize, w: usize, bias: usize, rows: i32, columns: i32, channels: i32, next: usize, across: usize, down: usize, step: usize,
): void {
  const pixel = (<usize>channels) << 2;
  const whole = (<usize>(channels >> 2)) << 4;
  const rest = channels & 3;
  const next2 = next + next, next3 = next2 + next;
  for (let i: usize = 0; i < pixel; i += 16) {
    let a = bias ? v128.load(bias + i) : f32x4.splat(0), b = a, c = a, d = a;
    let tap = w + i, row = x + i;
    for (let ky = rows; ky > 0; ky--, row += down) {
      let p = row;
      for (let kx = columns; kx > 0; kx--, p += across, tap += step) {
        const v = v128.load(tap);
        a = madd(v128.load(p), v, a);
        b = madd(v128.load(p + next), v, b);
        c = madd(v128.load(p + next2), v, c);
        d = madd(v128.load(p + next3), v, d);
      }
    }
    const q = y + i;
    storeWithin(q, a, i, whole, rest);
    storeWithin(q + pixel, b, i, whole, rest);
    storeWithin(q + pixel + pixel, c, i, whole, rest);
    storeWithin(q + pixel + pixel + pixel, d, i, whole, rest);
  }
}

/** One pixel, whose window has so many rows and columns within the image, from x on; a row has `taps` of them. */
function onePixel(
  y: usize, x: usize, w: usize, bias: usize, rows: i32, columns: i32, taps: i32, channels: i32, across: usize, down: usize, step: usize,
): void {
  const pixel = (<usize>channels) << 2;
  const whole = (<usize>(channels >> 2)) << 4;
  const rest = channels & 3;
  const back = <usize>(taps - max(columns, 0)) * step;
  let i: usize = 0;
  for (; i + 64 <= whole; i += 64) {
    let a = f32x4.splat(0), b = a, c = a, d = a;
    if (bias) a = v128.load(bias + i), b = v128.load(bias + i, 16), c = v128.load(bias + i, 32), d = v128.load(bias + i, 48);
    let tap = w + i, row = x + i;
    for (let ky = rows; ky > 0; ky--, row += down, tap += back) {
      let p = row;
      for (let kx = columns; kx > 0; kx--, p += across, tap += step) {
        a = madd(v128.load(p), v128.load(tap), a);
        b = madd(v128.load(p, 16), v128.load(tap, 16), b);
        c = madd(v128.load(p, 32), v128.load(tap, 32), c);
        d = madd(v128.load(p, 48), v128.load(tap, 48), d);
      }
    }
    v128.store(y + i, a);
    v128.store(y + i, b, 16);
    v128.store(y + i, c, 32);
    v128.store(y + i, d, 48);
  }
  for (; i < pixel; i += 16) {
    let a = bias ? v128.load(bias + i) : f32x4.splat(0);
    let tap = w + i, row = x + i;
    for (let ky = rows; ky > 0; ky--, row += down, tap += back) {
      let p = row;
      for (let kx = columns; kx > 0; kx--, p += across, tap += step) a = madd(v128.load(p), v128.load(tap), a);
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
