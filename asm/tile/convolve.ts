/**
 * Convolution as a product of matrices of which the left one, pixels by elements of a window, is never in memory: a block of pixels at a time
 * is packed into strips of own scratch (see kernel/pack.ts), and multiplied with all panels of the filters.
 *
 * An element of the result is one chain of multiply-adds: from the bias (or 0) on over row of the window, column, channel, ascending. Rows of the
 * window that lie outside of the image are left out, columns count as 0. Blocks and cuts do not change it. Any geometry is safe: a window
 * reads nothing outside of its image, wherever it lies.
 *
 * A run is what lies side by side in a window: a row of it where neither dilation nor groups leave gaps, else the channels of a pixel. Where
 * the windows of a strip are inside the image, whole runs are packed at once; else pixel by pixel, those outside from zeros.
 */
import { stripsOf5 } from "../simd/strips_of_5";
import { copy_4, copy_5, copy_shifted } from "./copy_strip";
import { block, BLOCK_K, BLOCK_N, RESUME } from "./multiply";
import { advance, at, dilationX, dilationY, goTo, height, left, outHeight, outWidth, pixel, row, strideX, strideY, top, width, x, y } from "./windows";

/** Strips of one block hold so many elements, of at most so many pixels. */
const STRIPS: i32 = 16384, PIXELS: i32 = 160;
/** Scratch: strips, zeros, and a table of five windows: first column, address. Its size is CONV_WORK elements. */
const ZEROS: usize = <usize>STRIPS << 2, TABLE: usize = ZEROS + (<usize>BLOCK_K << 2) + 16;

/** Elements of a run, runs in a row of the window, and the last column at which a window inside the image begins; set by `convolve`. */
let run: i32 = 0, runs: i32 = 0, lastX: i32 = 0;

/** Of a row of the result, the first row of its windows that is not above the image. */
function firstRow(atY: i32, kh: i32): i32 {
  const line = atY * strideY - top;
  return line >= 0 ? 0 : min(kh, (dilationY - 1 - line) / dilationY);
}

/** The first one that is below the image; no less than firstRow. */
function endRow(atY: i32, kh: i32): i32 {
  const rest = height - (atY * strideY - top);
  return max(firstRow(atY, kh), rest <= 0 ? 0 : min(kh, (rest + dilationY - 1) / dilationY));
}

/** Packs elements k0 … k0 + kb − 1 of the next `rows` windows into a strip of `size`, 5 or 4; the last window stands in for those that lack. */
function packStrip(work: usize, p: usize, size: i32, rows: i32, k0: i32, kb: i32, kw: i32, channels: i32): void {
  let column = x * strideX - left;
  let b0 = at + <usize>(y * strideY - top) * row + <usize>column * pixel, b1 = b0, b2 = b0, b3 = b0, b4 = b0;
  let inside = rows == size && x + rows <= outWidth && column >= 0 && column + (size - 1) * strideX <= lastX;
  let step = <usize>strideX * pixel;
  if (inside) {
    b1 = b0 + step, b2 = b1 + step, b3 = b2 + step, b4 = b3 + step;
    advance(size);
  } else {
    let entry = work + TABLE;
    inside = true;
    for (let i = 0; i < size; i++) {
      column = x * strideX - left;
      b4 = at + <usize>(y * strideY - top) * row + <usize>column * pixel;
      store<i32>(entry, column), store<u32>(entry, <u32>b4, 4);
      inside = inside && column >= 0 && column <= lastX;
      entry += 8;
      if (i + 1 < rows) advance(1);
    }
    advance(1);
    if (!inside) {
      packBorder(work, p, size, k0, kb, kw, channels);
      return;
    }
    step = 0, entry = work + TABLE;
    b0 = load<u32>(entry, 4), b1 = load<u32>(entry, 12), b2 = load<u32>(entry, 20), b3 = load<u32>(entry, 28);
  }
  let r = k0 / run, e = k0 - r * run, ky = r / runs, kx = r - ky * runs;
  while (kb > 0) {
    const n = min(run - e, kb), o = <usize>(ky * dilationY) * row + <usize>(kx * dilationX) * pixel + (<usize>e << 2);
    if (step == 4) copy_shifted(p, b0 + o, n, size);
    else if (size == 5) copy_5(p, b0 + o, b1 + o, b2 + o, b3 + o, b4 + o, n);
    else copy_4(p, b0 + o, b1 + o, b2 + o, b3 + o, n);
    p += <usize>(n * size) << 2, kb -= n, e = 0;
    if (++kx == runs) kx = 0, ky++;
  }
}

/** Where the elements of a pixel of a window are, `o` bytes behind the window's begin: in the image, or else zeros. */
// @ts-ignore: decorator
@inline
function source(entry: usize, j: i32, o: usize, zeros: usize): usize {
  return <u32>(load<i32>(entry) + j) < <u32>width ? <usize>load<u32>(entry, 4) + o : zeros;
}

/** As packStrip for the windows in the table, of which some have columns outside of the image: pixel by pixel. */
function packBorder(work: usize, p: usize, size: i32, k0: i32, kb: i32, kw: i32, channels: i32): void {
  const t = work + TABLE, zeros = work + ZEROS;
  let tap = k0 / channels, e = k0 - tap * channels, ky = tap / kw, kx = tap - ky * kw;
  while (kb > 0) {
    const n = min(channels - e, kb), j = kx * dilationX;
    const o = <usize>(ky * dilationY) * row + <usize>j * pixel + (<usize>e << 2);
    const a0 = source(t, j, o, zeros), a1 = source(t + 8, j, o, zeros), a2 = source(t + 16, j, o, zeros), a3 = source(t + 24, j, o, zeros);
    if (size == 5) copy_5(p, a0, a1, a2, a3, source(t + 32, j, o, zeros), n);
    else copy_4(p, a0, a1, a2, a3, n);
    p += <usize>(n * size) << 2, kb -= n, e = 0;
    if (++kx == kw) kx = 0, ky++;
  }
}

/**
 * The next `pixels` of the result, n filters each: C [pixels, n], ldc bytes from row to row. Windows have kh x kw pixels, of which `channels`
 * are taken from the images' address on; k = kh · kw · channels. The filters' panels begin `panel` bytes apart. Of `flags` RELU counts.
 */
export function convolve(c: usize, packed: usize, bias: usize, work: usize, pixels: i32, n: i32, kh: i32, kw: i32, channels: i32, panel: usize, ldc: usize, flags: i32): void {
  const joined = kw == 1 || (dilationX == 1 && channels == <i32>(pixel >> 2));
  run = joined ? kw * channels : channels, runs = joined ? 1 : kw;
  lastX = width - 1 - (kw - 1) * dilationX;
  for (let j: usize = 0, end = (<usize>min(channels, BLOCK_K) << 2) + 16; j < end; j += 16) v128.store(work + ZEROS + j, i32x4.splat(0));
  const k = kh * kw * channels, blocks = (k + BLOCK_K - 1) / BLOCK_K;
  const blockK = blocks > 1 ? ((k + blocks - 1) / blocks + 3) & ~3 : k;
  const most = min(PIXELS, STRIPS / max(blockK, 1) / 20 * 20);
  while (pixels > 0) {
    // A block of rows whose windows have the same rows inside the image.
    const begin = firstRow(y, kh), end = endRow(y, kh), from = at, fromY = y, fromX = x;
    let m = outWidth - x;
    for (let next = y; m < most && m < pixels; m += outWidth) {
      if (++next == outHeight) next = 0;
      if (firstRow(next, kh) != begin || endRow(next, kh) != end) break;
    }
    m = min(m, min(pixels, most));
    const k1 = end * kw * channels;
    let k0 = begin * kw * channels, first = true;
    do {
      const kb = min(k1 - k0, blockK), f = (first ? 0 : RESUME) | (k0 + kb == k1 ? flags : 0);
      goTo(from, fromY, fromX);
      let p = work, i = 0;
      if (kb) {
        for (const last = 5 * stripsOf5(m); i < last; i += 5) packStrip(work, p, 5, 5, k0, kb, kw, channels), p += <usize>kb * 20;
        for (; i < m; i += 4) packStrip(work, p, 4, min(m - i, 4), k0, kb, kw, channels), p += <usize>kb << 4;
      } else {
        advance(m);
      }
      for (let j = 0; j < n; j += BLOCK_N) {
        const q = <usize>j << 2, b = packed + <usize>(j >> 3) * panel + (<usize>k0 << 5);
        block(c + q, work, b, bias ? bias + q : 0, m, min(n - j, BLOCK_N), kb, <usize>kb << 2, panel, ldc, 0, f);
      }
      k0 += kb, first = false;
    } while (k0 < k1);
    pixels -= m, c += <usize>m * ldc;
  }
}
