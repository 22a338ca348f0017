/**
 * Convolution as a product of matrices of which the left one, pixels by elements of a window, is never in memory: a block of pixels at a time
 * is packed into strips of own scratch (see kernel/pack.ts), and multiplied with all panels of the filters.
 *
 * An element of the result is one chain of multiply-adds: from the bias (or 0) on over row of the window, column, channel, ascending; what lies
 * outside of the image counts as 0. Blocks and cuts do not change it. Any geometry is safe: a window reads nothing outside of its image,
 * wherever it lies.
 *
 * A run is what lies side by side in a window: a row of it where neither dilation nor groups leave gaps, else the channels of a pixel. Where
 * the windows of a strip are inside the image, whole runs are packed at once; else pixel by pixel, those outside from zeros.
 */
import { stripsOf5 } from "../simd/strips_of_5";
import { copy_4, copy_5, copy_shifted } from "./copy_strip";
import { block, BLOCK_K, BLOCK_N, RESUME } from "./multiply";
import { advance, at, dilationX, dilationY, goTo, height, left, outWidth, pixel, row, strideX, strideY, top, width, x, y } from "./windows";

/** Strips of one block hold so many elements, of at most so many pixels. */
const STRIPS: i32 = 16384, PIXELS: i32 = 160;
/** Scratch: strips, zeros, and a table of five windows: first row, first column, address. Its size is CONV_WORK elements. */
const ZEROS: usize = <usize>STRIPS << 2, TABLE: usize = ZEROS + (<usize>BLOCK_K << 2) + 16;

/** Elements of a run, runs in a row of the window, rows and columns that a window reaches over; set by `convolve`. */
let run: i32 = 0, runs: i32 = 0, reachY: i32 = 0, reachX: i32 = 0;

/** Packs elements k0 … k0 + kb − 1 of the next `rows` windows into a strip of `size`, 5 or 4; the last window stands in for those that lack. */
function packStrip(work: usize, p: usize, size: i32, rows: i32, k0: i32, kb: i32, kw: i32, channels: i32): void {
  let line = y * strideY - top, column = x * strideX - left;
  let b0 = at + <usize>line * row + <usize>column * pixel, b1 = b0, b2 = b0, b3 = b0, b4 = b0;
  let inside = rows == size && x + rows <= outWidth && line >= 0 && line + reachY <= height &&
    column >= 0 && column + (size - 1) * strideX + reachX <= width;
  let step = <usize>strideX * pixel;
  if (inside) {
    b1 = b0 + step, b2 = b1 + step, b3 = b2 + step, b4 = b3 + step;
    advance(size);
  } else {
    let entry = work + TABLE;
    inside = true;
    for (let i = 0; i < size; i++) {
      line = y * strideY - top, column = x * strideX - left;
      b4 = at + <usize>line * row + <usize>column * pixel;
      store<i32>(entry, line), store<i32>(entry, column, 4), store<u32>(entry, <u32>b4, 8);
      inside = inside && line >= 0 && line + reachY <= height && column >= 0 && column + reachX <= width;
      entry += 12;
      if (i + 1 < rows) advance(1);
    }
    advance(1);
    if (!inside) {
      packBorder(work, p, size, k0, kb, kw, channels);
      return;
    }
    step = 0, entry = work + TABLE;
    b0 = load<u32>(entry, 8), b1 = load<u32>(entry, 20), b2 = load<u32>(entry, 32), b3 = load<u32>(entry, 44);
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
function source(entry: usize, downY: i32, downX: i32, o: usize, zeros: usize): usize {
  const line = load<i32>(entry) + downY, column = load<i32>(entry, 4) + downX;
  return <u32>line < <u32>height && <u32>column < <u32>width ? <usize>load<u32>(entry, 8) + o : zeros;
}

/** As packStrip for the windows in the table, of which some are not wholly inside the image: pixel by pixel. */
function packBorder(work: usize, p: usize, size: i32, k0: i32, kb: i32, kw: i32, channels: i32): void {
  const t = work + TABLE, zeros = work + ZEROS;
  let tap = k0 / channels, e = k0 - tap * channels, ky = tap / kw, kx = tap - ky * kw;
  while (kb > 0) {
    const n = min(channels - e, kb), i = ky * dilationY, j = kx * dilationX;
    const o = <usize>i * row + <usize>j * pixel + (<usize>e << 2);
    const a0 = source(t, i, j, o, zeros), a1 = source(t + 12, i, j, o, zeros), a2 = source(t + 24, i, j, o, zeros);
    const a3 = source(t + 36, i, j, o, zeros);
    if (size == 5) copy_5(p, a0, a1, a2, a3, source(t + 48, i, j, o, zeros), n);
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
  reachY = (kh - 1) * dilationY + 1, reachX = (kw - 1) * dilationX + 1;
  for (let j: usize = 0, end = (<usize>min(channels, BLOCK_K) << 2) + 16; j < end; j += 16) v128.store(work + ZEROS + j, i32x4.splat(0));
  const k = kh * kw * channels, blocks = (k + BLOCK_K - 1) / BLOCK_K;
  const blockK = blocks > 1 ? ((k + blocks - 1) / blocks + 3) & ~3 : k;
  const most = min(PIXELS, STRIPS / max(blockK, 1) / 20 * 20);
  while (pixels > 0) {
    const m = min(pixels, most), from = at, fromY = y, fromX = x;
    let k0 = 0;
    do {
      const kb = min(k - k0, blockK), f = (k0 ? RESUME : 0) | (k0 + kb == k ? flags : 0);
      goTo(from, fromY, fromX);
      let p = work, i = 0;
      if (kb) {
        for (const end = 5 * stripsOf5(m); i < end; i += 5) packStrip(work, p, 5, 5, k0, kb, kw, channels), p += <usize>kb * 20;
        for (; i < m; i += 4) packStrip(work, p, 4, min(m - i, 4), k0, kb, kw, channels), p += <usize>kb << 4;
      }
      for (let j = 0; j < n; j += BLOCK_N) {
        const q = <usize>j << 2, b = packed + <usize>(j >> 3) * panel + (<usize>k0 << 5);
        block(c + q, work, b, bias ? bias + q : 0, m, min(n - j, BLOCK_N), kb, <usize>kb << 2, panel, ldc, 0, f);
      }
      k0 += kb;
    } while (k0 < k);
    pixels -= m, c += <usize>m * ldc;
  }
}
