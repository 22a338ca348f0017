// Pooling of images [height, width, channels]: the largest element, or the mean, of every window, channel by channel. A window has so many
// rows and columns, and the next one begins `stride` further; the first one begins `top` rows above the image and `left` columns before it.
// What lies outside the image counts as nothing. With a stride of 0 windows share an axis: window o goes from ⌊o · length / count⌋ to
// ⌈(o + 1) · length / count⌉. Pixels are read up to 12 bytes too far and written exactly. Every sample is computed alone.
import { storeWithin } from "../simd/tail";

/** Pixels of a window that are added up before the sum moves on to the total. */
// @ts-ignore: decorator
@inline const BLOCK: i32 = 256;

/** The first element of window o that lies on the axis. */
// @ts-ignore: decorator
@inline
function beginOf(o: i32, length: i32, count: i32, stride: i32, before: i32): i32 {
  return stride ? max(0, o * stride - before) : <i32>(<i64>o * <i64>length / <i64>count);
}

/** The element behind its last one. */
// @ts-ignore: decorator
@inline
function endOf(o: i32, length: i32, count: i32, stride: i32, before: i32, size: i32): i32 {
  return stride ? max(0, min(length, o * stride - before + size)) : <i32>((<i64>(o + 1) * <i64>length + <i64>(count - 1)) / <i64>count);
}

/**
 * y[o] = the largest x of window o; NaN where one is, 0 for a window without elements.
 *
 * @param y written: samples * outHeight * outWidth * channels
 * @param x read: samples * height * width * channels
 * @param samples count >= 0
 * @param height count >= 1
 * @param width count >= 1
 * @param channels count >= 1
 * @param outHeight count >= 1
 * @param outWidth count >= 1
 * @param windowHeight count >= 1
 * @param windowWidth count >= 1
 * @param strideHeight count >= 0
 * @param strideWidth count >= 0
 * @param top count >= 0
 * @param left count >= 0
 * @edge blocks
 */
export function max_pool_forward(
  y: usize, x: usize, samples: i32, height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32,
  windowHeight: i32, windowWidth: i32, strideHeight: i32, strideWidth: i32, top: i32, left: i32,
): void {
  const whole = (<usize>(channels >> 2)) << 4;
  const rest = channels & 3;
  const pixel = (<usize>channels) << 2;
  const line = <usize>width * pixel;
  for (; samples > 0; samples--, x += <usize>height * line) {
    for (let oy = 0; oy < outHeight; oy++) {
      const y0 = beginOf(oy, height, outHeight, strideHeight, top);
      const rows = endOf(oy, height, outHeight, strideHeight, top, windowHeight) - y0;
      for (let ox = 0; ox < outWidth; ox++, y += pixel) {
        const x0 = beginOf(ox, width, outWidth, strideWidth, left);
        const columns = endOf(ox, width, outWidth, strideWidth, left, windowWidth) - x0;
        if (rows <= 0 || columns <= 0) {
          memory.fill(y, 0, pixel);
          continue;
        }
        const span = <usize>columns * pixel;
        let first = x + <usize>y0 * line + <usize>x0 * pixel;
        let last = first + <usize>(rows - 1) * line;
        let i: usize = 0;
        for (; i + 64 <= whole; i += 64, first += 64, last += 64) {
          let a = v128.load(first), b = v128.load(first, 16), c = v128.load(first, 32), d = v128.load(first, 48);
          // All ones where a NaN was: a comparison leaves it out.
          let aNaN = f32x4.ne(a, a), bNaN = f32x4.ne(b, b), cNaN = f32x4.ne(c, c), dNaN = f32x4.ne(d, d);
          for (let row = first; row <= last; row += line) {
            for (let p = row, end = row + span; p < end; p += pixel) {
              let v = v128.load(p);
              a = f32x4.pmax(a, v), aNaN = v128.or(aNaN, f32x4.ne(v, v));
              v = v128.load(p, 16);
              b = f32x4.pmax(b, v), bNaN = v128.or(bNaN, f32x4.ne(v, v));
              v = v128.load(p, 32);
              c = f32x4.pmax(c, v), cNaN = v128.or(cNaN, f32x4.ne(v, v));
              v = v128.load(p, 48);
              d = f32x4.pmax(d, v), dNaN = v128.or(dNaN, f32x4.ne(v, v));
            }
          }
          v128.store(y + i, v128.or(a, aNaN));
          v128.store(y + i, v128.or(b, bNaN), 16);
          v128.store(y + i, v128.or(c, cNaN), 32);
          v128.store(y + i, v128.or(d, dNaN), 48);
        }
        for (; i < pixel; i += 16, first += 16, last += 16) {
          let a = v128.load(first), aNaN = f32x4.ne(a, a);
          for (let row = first; row <= last; row += line) {
            for (let p = row, end = row + span; p < end; p += pixel) {
              const v = v128.load(p);
              a = f32x4.pmax(a, v), aNaN = v128.or(aNaN, f32x4.ne(v, v));
            }
          }
          storeWithin(y + i, v128.or(a, aNaN), i, whole, rest);
        }
      }
    }
  }
}

/**
 * dx = Σ over windows of dy[o] where x is the first element of window o, row by row, that equals y[o]; else 0.
 *
 * @param dx written: samples * height * width * channels
 * @param dy read: samples * outHeight * outWidth * channels
 * @param x read: samples * height * width * channels
 * @param y read: samples * outHeight * outWidth * channels
 * @param samples count >= 0
 * @param height count >= 1
 * @param width count >= 1
 * @param channels count >= 1
 * @param outHeight count >= 1
 * @param outWidth count >= 1
 * @param windowHeight count >= 1
 * @param windowWidth count >= 1
 * @param strideHeight count >= 0
 * @param strideWidth count >= 0
 * @param top count >= 0
 * @param left count >= 0
 */
export function max_pool_backward(
  dx: usize, dy: usize, x: usize, y: usize, samples: i32, height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32,
  windowHeight: i32, windowWidth: i32, strideHeight: i32, strideWidth: i32, top: i32, left: i32,
): void {
  const whole = (<usize>(channels >> 2)) << 4;
  const rest = channels & 3;
  const pixel = (<usize>channels) << 2;
  const line = <usize>width * pixel;
  const apart = strideHeight >= windowHeight && strideWidth >= windowWidth;
  const covers = apart && coversAxis(height, outHeight, windowHeight, strideHeight, top) && coversAxis(width, outWidth, windowWidth, strideWidth, left);
  for (; samples > 0; samples--, x += <usize>height * line, dx += <usize>height * line) {
    if (!covers) memory.fill(dx, 0, <usize>height * line);
    for (let oy = 0; oy < outHeight; oy++) {
      const y0 = beginOf(oy, height, outHeight, strideHeight, top);
      const rows = endOf(oy, height, outHeight, strideHeight, top, windowHeight) - y0;
      for (let ox = 0; ox < outWidth; ox++, y += pixel, dy += pixel) {
        const x0 = beginOf(ox, width, outWidth, strideWidth, left);
        const columns = endOf(ox, width, outWidth, strideWidth, left, windowWidth) - x0;
        if (rows <= 0 || columns <= 0) continue;
        const span = <usize>columns * pixel;
        let first = <usize>y0 * line + <usize>x0 * pixel;
        let last = first + <usize>(rows - 1) * line;
        let i: usize = 0;
        for (; i + 64 <= whole; i += 64, first += 64, last += 64) {
          const a = v128.load(y + i), b = v128.load(y + i, 16), c = v128.load(y + i, 32), d = v128.load(y + i, 48);
          // dy where no element of the window has been the largest yet.
          let aOpen = v128.load(dy + i), bOpen = v128.load(dy + i, 16), cOpen = v128.load(dy + i, 32), dOpen = v128.load(dy + i, 48);
          for (let row = first; row <= last; row += line) {
            for (let p = row, end = row + span; p < end; p += pixel) {
              let hit = f32x4.eq(v128.load(x + p), a), v = v128.and(aOpen, hit);
              v128.store(dx + p, apart ? v : f32x4.add(v128.load(dx + p), v));
              aOpen = v128.andnot(aOpen, hit);
              hit = f32x4.eq(v128.load(x + p, 16), b), v = v128.and(bOpen, hit);
              v128.store(dx + p, apart ? v : f32x4.add(v128.load(dx + p, 16), v), 16);
              bOpen = v128.andnot(bOpen, hit);
              hit = f32x4.eq(v128.load(x + p, 32), c), v = v128.and(cOpen, hit);
              v128.store(dx + p, apart ? v : f32x4.add(v128.load(dx + p, 32), v), 32);
              cOpen = v128.andnot(cOpen, hit);
              hit = f32x4.eq(v128.load(x + p, 48), d), v = v128.and(dOpen, hit);
              v128.store(dx + p, apart ? v : f32x4.add(v128.load(dx + p, 48), v), 48);
              dOpen = v128.andnot(dOpen, hit);
            }
          }
        }
        for (; i < pixel; i += 16, first += 16, last += 16) {
          const largest = v128.load(y + i);
          let open = v128.load(dy + i);
          for (let row = first; row <= last; row += line) {
            for (let p = row, end = row + span; p < end; p += pixel) {
              const hit = f32x4.eq(v128.load(x + p), largest);
              const v = v128.and(open, hit);
              open = v128.andnot(open, hit);
              storeWithin(dx + p, apart ? v : f32x4.add(v128.load(dx + p), v), i, whole, rest);
            }
          }
        }
      }
    }
  }
}

/** Whether windows that lie apart leave no element of an axis out. */
function coversAxis(length: i32, count: i32, size: i32, stride: i32, before: i32): bool {
  return stride == size && before < size && count * stride - before >= length;
}

/**
 * y[o] = the mean of x over window o; 0 for a window without elements.
 *
 * A sum is one chain of float32 additions, row by row; more than 256 elements are added up piece by piece: some whole rows of the window, or
 * 256 elements of a row, then these sums.
 *
 * @param y written: samples * outHeight * outWidth * channels
 * @param x read: samples * height * width * channels
 * @param samples count >= 0
 * @param height count >= 1
 * @param width count >= 1
 * @param channels count >= 1
 * @param outHeight count >= 1
 * @param outWidth count >= 1
 * @param windowHeight count >= 1
 * @param windowWidth count >= 1
 * @param strideHeight count >= 0
 * @param strideWidth count >= 0
 * @param top count >= 0
 * @param left count >= 0
 * @edge blocks
 */
export function average_pool_forward(
  y: usize, x: usize, samples: i32, height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32,
  windowHeight: i32, windowWidth: i32, strideHeight: i32, strideWidth: i32, top: i32, left: i32,
): void {
  const pixel = (<usize>channels) << 2;
  const line = <usize>width * pixel;
  for (; samples > 0; samples--, x += <usize>height * line) {
    for (let oy = 0; oy < outHeight; oy++) {
      const y0 = beginOf(oy, height, outHeight, strideHeight, top);
      const rows = endOf(oy, height, outHeight, strideHeight, top, windowHeight) - y0;
      for (let ox = 0; ox < outWidth; ox++, y += pixel) {
        const x0 = beginOf(ox, width, outWidth, strideWidth, left);
        const columns = endOf(ox, width, outWidth, strideWidth, left, windowWidth) - x0;
        if (rows <= 0 || columns <= 0) {
          memory.fill(y, 0, pixel);
          continue;
        }
        const first = x + <usize>y0 * line + <usize>x0 * pixel;
        const factor = <f32>1 / <f32>(rows * columns);
        const high = rows * columns <= BLOCK ? rows : max(1, BLOCK / columns), wide = min(BLOCK, columns);
        for (let r = 0; r < rows; r += high) {
          for (let c = 0; c < columns; c += wide) {
            const from = first + <usize>r * line + <usize>c * pixel;
            const isLast = r + high >= rows && c + wide >= columns;
            addWindow(y, from, min(high, rows - r), min(wide, columns - c), channels, line, isLast ? factor : 1, (r | c) != 0);
          }
        }
      }
    }
  }
}

/** y = factor · Σ over rows and columns of pixels; with `resume`, y has a part of the sum already. */
// @ts-ignore: decorator
@inline
function addWindow(y: usize, first: usize, rows: i32, columns: i32, channels: i32, line: usize, factor: f32, resume: bool): void {
  const whole = (<usize>(channels >> 2)) << 4;
  const rest = channels & 3;
  const pixel = (<usize>channels) << 2;
  const span = <usize>columns * pixel;
  const f = f32x4.splat(factor);
  let last = first + <usize>(rows - 1) * line;
  let i: usize = 0;
  for (; i + 64 <= whole; i += 64, first += 64, last += 64) {
    let a = f32x4.splat(0), b = a, c = a, d = a;
    for (let row = first; row <= last; row += line) {
      for (let p = row, end = row + span; p < end; p += pixel) {
        a = f32x4.add(a, v128.load(p));
        b = f32x4.add(b, v128.load(p, 16));
        c = f32x4.add(c, v128.load(p, 32));
        d = f32x4.add(d, v128.load(p, 48));
      }
    }
    if (resume) {
      a = f32x4.add(v128.load(y + i), a);
      b = f32x4.add(v128.load(y + i, 16), b);
      c = f32x4.add(v128.load(y + i, 32), c);
      d = f32x4.add(v128.load(y + i, 48), d);
    }
    v128.store(y + i, f32x4.mul(a, f));
    v128.store(y + i, f32x4.mul(b, f), 16);
    v128.store(y + i, f32x4.mul(c, f), 32);
    v128.store(y + i, f32x4.mul(d, f), 48);
  }
  for (; i < pixel; i += 16, first += 16, last += 16) {
    let a = f32x4.splat(0);
    for (let row = first; row <= last; row += line) {
      for (let p = row, end = row + span; p < end; p += pixel) a = f32x4.add(a, v128.load(p));
    }
    if (resume) a = f32x4.add(v128.load(y + i), a);
    storeWithin(y + i, f32x4.mul(a, f), i, whole, rest);
  }
}

/**
 * dx = Σ over the windows that x is in of dy[o] / (elements of window o).
 *
 * @param dx written: samples * height * width * channels
 * @param dy read: samples * outHeight * outWidth * channels
 * @param samples count >= 0
 * @param height count >= 1
 * @param width count >= 1
 * @param channels count >= 1
 * @param outHeight count >= 1
 * @param outWidth count >= 1
 * @param windowHeight count >= 1
 * @param windowWidth count >= 1
 * @param strideHeight count >= 0
 * @param strideWidth count >= 0
 * @param top count >= 0
 * @param left count >= 0
 */
export function average_pool_backward(
  dx: usize, dy: usize, samples: i32, height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32,
  windowHeight: i32, windowWidth: i32, strideHeight: i32, strideWidth: i32, top: i32, left: i32,
): void {
  const whole = (<usize>(channels >> 2)) << 4;
  const rest = channels & 3;
  const pixel = (<usize>channels) << 2;
  const line = <usize>width * pixel;
  const apart = strideHeight >= windowHeight && strideWidth >= windowWidth;
  const covers = apart && coversAxis(height, outHeight, windowHeight, strideHeight, top) && coversAxis(width, outWidth, windowWidth, strideWidth, left);
  for (; samples > 0; samples--, dx += <usize>height * line) {
    if (!covers) memory.fill(dx, 0, <usize>height * line);
    for (let oy = 0; oy < outHeight; oy++) {
      const y0 = beginOf(oy, height, outHeight, strideHeight, top);
      const rows = endOf(oy, height, outHeight, strideHeight, top, windowHeight) - y0;
      for (let ox = 0; ox < outWidth; ox++, dy += pixel) {
        const x0 = beginOf(ox, width, outWidth, strideWidth, left);
        const columns = endOf(ox, width, outWidth, strideWidth, left, windowWidth) - x0;
        if (rows <= 0 || columns <= 0) continue;
        const span = <usize>columns * pixel;
        const f = f32x4.splat(<f32>1 / <f32>(rows * columns));
        const first = dx + <usize>y0 * line + <usize>x0 * pixel;
        const last = first + <usize>(rows - 1) * line;
        for (let row = first; row <= last; row += line) {
          for (let p = row, end = row + span; p < end; p += pixel) {
            let i: usize = 0;
            for (; i + 64 <= whole; i += 64) {
              let a = f32x4.mul(v128.load(dy + i), f), b = f32x4.mul(v128.load(dy + i, 16), f);
              let c = f32x4.mul(v128.load(dy + i, 32), f), d = f32x4.mul(v128.load(dy + i, 48), f);
              if (!apart) {
                a = f32x4.add(v128.load(p + i), a), b = f32x4.add(v128.load(p + i, 16), b);
                c = f32x4.add(v128.load(p + i, 32), c), d = f32x4.add(v128.load(p + i, 48), d);
              }
              v128.store(p + i, a);
              v128.store(p + i, b, 16);
              v128.store(p + i, c, 32);
              v128.store(p + i, d, 48);
            }
            for (; i < pixel; i += 16) {
              const v = f32x4.mul(v128.load(dy + i), f);
              storeWithin(p + i, apart ? v : f32x4.add(v128.load(p + i), v), i, whole, rest);
            }
          }
        }
      }
    }
  }
}
