// The gradient of a convolution by its filters: a product of matrices, elements of the window by pixels times pixels by filters, of which a
// block of pixels at a time is packed into own scratch.
import { copy_4, copy_5 } from "../tile/copy_strip";
import { strip_4, strip_5, RESUME } from "../tile/multiply";
import { advance, at, dilationX, dilationY, goTo, height, left, outWidth, pixel, row, setImages, setWindows, strideX, strideY, top, width, x, y } from "../tile/windows";
import { stripsOf5 } from "../simd/strips_of_5";
import { pack_n } from "./pack";

/** Pixels of a block at most, columns of dy that are packed at once at most, and elements of what is packed of dy: 64 KiB. */
const PIXELS: i32 = 256, COLUMNS: i32 = 128, PANELS: i32 = 16384;
/** Own scratch, in elements: panels, a strip of 5, and a table of the strip's 5 elements. @shared CONV_FILTER_WORK */
const CONV_FILTER_WORK: i32 = 17696;
const STRIP: usize = <usize>PANELS << 2, TABLE: usize = STRIP + <usize>(5 * PIXELS) * 4;

/** The first x at which `x * stride + shift` is 0 or more, from 0 to outWidth. */
function firstColumn(shift: i32): i32 {
  return shift >= 0 ? 0 : min(outWidth, (strideX - 1 - shift) / strideX);
}

/**
 * Packs elements `element` … of the next `pixels` windows, `rows` of them, into the strip [pixels, size]; the last element stands in for those
 * that lack. A window has kw pixels in a row, of which `channels` are taken.
 */
function packElements(work: usize, size: i32, rows: i32, element: i32, kw: i32, channels: i32, pixels: i32): void {
  // The table: row in the window, shift along a row, distance from the window's begin, for every element of the strip.
  let low = 0, high = outWidth, joined = rows == size, tap = element / channels, channel = element - tap * channels;
  let ky = tap / kw, kx = tap - ky * kw;
  const first = ky, table = work + TABLE;
  for (let i = 0; i < size; i++) {
    const shift = kx * dilationX - left, o = <usize>(ky * dilationY) * row + <usize>(kx * dilationX) * pixel + (<usize>channel << 2);
    store<i32>(table + <usize>i * 12, ky * dilationY), store<i32>(table + <usize>i * 12, shift, 4), store<u32>(table + <usize>i * 12, <u32>o, 8);
    if (i > 0 && (ky != first || o != <usize>load<u32>(table, 8) + (<usize>i << 2))) joined = false;
    low = max(low, firstColumn(shift)), high = min(high, firstColumn(shift - width));
    if (i + 1 < rows && ++channel == channels) {
      channel = 0;
      if (++kx == kw) kx = 0, ky++;
    }
  }
  const o0 = <usize>load<u32>(table, 8), o1 = <usize>load<u32>(table, 20), o2 = <usize>load<u32>(table, 32), o3 = <usize>load<u32>(table, 44);
  const o4 = size == 5 ? <usize>load<u32>(table, 56) : o3, step = <usize>strideX * pixel, next = <usize>size << 2;
  const firstLine = first * dilationY, lastLine = ky * dilationY;
  let p = work + STRIP;
  while (pixels > 0) {
    const count = min(outWidth - x, pixels), line = y * strideY - top;
    const base = at + <usize>line * row - <usize>left * pixel;
    if (line + lastLine < 0 || line + firstLine >= height) {
      p = packZeros(p, count * size);
      pixels -= count;
      advance(count);
      continue;
    }
    let from = min(max(low, x), x + count), to = max(from, min(high, x + count));
    if (line + firstLine < 0 || line + lastLine >= height) from = to = x + count;
    p = packEdge(p, table, size, base, line, x, from);
    let q = base + <usize>from * step;
    if (joined && size == 5) {
      q += o0;
      for (const end = p + <usize>(to - from) * 20; p < end; p += 20, q += step) v128.store(p, v128.load(q)), store<f32>(p, load<f32>(q, 16), 16);
    } else if (joined) {
      q += o0;
      for (const end = p + (<usize>(to - from) << 4); p < end; p += 16, q += step) v128.store(p, v128.load(q));
    } else if (step == 4) {
      if (size == 5) copy_5(p, q + o0, q + o1, q + o2, q + o3, q + o4, to - from);
      else copy_4(p, q + o0, q + o1, q + o2, q + o3, to - from);
      p += <usize>(to - from) * next;
    } else {
      for (const end = p + <usize>(to - from) * next; p < end; p += next, q += step) {
        store<f32>(p, load<f32>(q + o0)), store<f32>(p, load<f32>(q + o1), 4);
        store<f32>(p, load<f32>(q + o2), 8), store<f32>(p, load<f32>(q + o3), 12);
        if (size == 5) store<f32>(p, load<f32>(q + o4), 16);
      }
    }
    p = packEdge(p, table, size, base, line, to, x + count);
    pixels -= count;
    advance(count);
  }
}

/** `count` elements of a strip that are 0. */
function packZeros(p: usize, count: i32): usize {
  for (; count >= 4; count -= 4, p += 16) v128.store(p, i32x4.splat(0));
  for (; count > 0; count--, p += 4) store<f32>(p, 0);
  return p;
}

/** Pixels from … to − 1 of a row of the result, of whose windows some are not wholly inside the image: what is outside is 0. */
function packEdge(p: usize, table: usize, size: i32, base: usize, line: i32, from: i32, to: i32): usize {
  for (; from < to; from++) {
    for (let entry = table, end = table + <usize>size * 12; entry < end; entry += 12, p += 4) {
      const i = line + load<i32>(entry), j = from * strideX + load<i32>(entry, 4);
      const inside = i >= 0 && i < height && j >= 0 && j < width;
      store<f32>(p, inside ? load<f32>(base + <usize>(from * strideX) * pixel + <usize>load<u32>(entry, 8)) : 0);
    }
  }
  return p;
}

/**
 * dw = the gradient of `conv` by its filters, [kh, kw, c, f] of each of `groups`: of the rows of that matrix, which is kh · kw · c high, `rows`, from
 * row `begin` on. Every element is one chain over the pixels of dy, ascending, from 0 on. Groups are columns beside each other, of images whose
 * pixels have `channels`, and of dy and dw whose rows have `filters`.
 *
 * @param dw written: rows(rows, f * groups, filters)
 * @param x0 read: rows(samples * h * w, c * groups, channels)
 * @param dy read: rows(samples * oh * ow, f * groups, filters)
 * @param work work: CONV_FILTER_WORK
 * @param samples count >= 0
 * @param h count >= 0
 * @param w count >= 0
 * @param oh count >= 0
 * @param ow count >= 0
 * @param c count >= 1
 * @param f count >= 0
 * @param groups count >= 1
 * @param channels count >= c * groups
 * @param filters count >= f * groups
 * @param kh count >= 1
 * @param kw count >= 1
 * @param sh count >= 1
 * @param sw count >= 1
 * @param dilationH count >= 1
 * @param dilationW count >= 1
 * @param top scalar
 * @param left scalar
 * @param begin count 0 .. kh * kw * c
 * @param rows count 0 .. kh * kw * c - begin
 */
export function conv_filter(dw: usize, x0: usize, dy: usize, work: usize, samples: i32, h: i32, w: i32, oh: i32, ow: i32, c: i32, f: i32, groups: i32, channels: i32, filters: i32, kh: i32, kw: i32, sh: i32, sw: i32, dilationH: i32, dilationW: i32, top: i32, left: i32, begin: i32, rows: i32): void {
  const total = samples * oh * ow, ldc = <usize>filters << 2, fives = 5 * stripsOf5(rows);
  for (let group = 0; group < groups; group++) {
    for (let j = 0; j < f; j += COLUMNS) {
      const n = min(f - j, COLUMNS), most = min(PIXELS, PANELS / ((n + 7) & ~7)), column = <usize>(group * f + j) << 2;
      setImages(x0 + (<usize>(group * c) << 2), h, w, channels);
      setWindows(oh, ow, sh, sw, dilationH, dilationW, top, left);
      let done = 0;
      do {
        const pixels = min(total - done, most), panel = <usize>pixels << 5, flags = done ? RESUME : 0;
        pack_n(work, dy + <usize>done * ldc + column, pixels, n, filters);
        const from = at, fromY = y, fromX = x;
        let i = 0, to = dw + column;
        for (; i < fives; i += 5, to += ldc * 5) {
          goTo(from, fromY, fromX);
          packElements(work, 5, 5, begin + i, kw, c, pixels);
          strip_5(to, work + STRIP, work, 0, n, pixels, panel, ldc, flags);
        }
        for (; i < rows; i += 4, to += ldc << 2) {
          goTo(from, fromY, fromX);
          packElements(work, 4, min(rows - i, 4), begin + i, kw, c, pixels);
          strip_4(to, work + STRIP, work, 0, rows - i, n, pixels, panel, ldc, flags);
        }
        done += pixels;
      } while (done < total);
    }
  }
}
