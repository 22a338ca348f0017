/**
 * The tile of products of matrices, for all kernels that multiply: float32, a packed A and a packed B (see kernel/pack.ts), 5 or 4 rows by 8
 * columns that live in registers.
 *
 * Every element of C is one chain: start from the bias (or 0), then for k ascending `acc = madd(a, b, acc)`. Tiles, blocks of k
 * (C is stored and loaded again, without loss) and cuts into workers' shares do not change it, so the bits are the same for all of them.
 *
 * Speed, on engines that check bounds in code (Deno's V8 does): every load costs a check, a comparison and a jump. So both operands lie in the
 * order in which they are read, and A is read by vectors, of which shuffles take the values: 13 checks for 40 multiply-adds. Between two steps of
 * k stands a conditional break that never happens: it stops the optimizer from mixing steps and so from needing more than 15 vector registers. Six
 * rows would need a sixteenth. Intel's processors from Skylake to Cascade Lake read code slowly in which a jump touches a boundary of 32 bytes, by up
 * to a half of the tile's speed: with panels addressed from BEFORE bytes before them the offsets of B take four bytes each in machine code, and with
 * V8's registers no check lies on a boundary then. On other processors that changes nothing.
 * Build with --initialMemory 1 or more: then the constant offsets of loads need no check of their own.
 *
 * Contract: c, a, packed do not overlap. Only the m x n elements of C are written (ldc >= n, any number; C needs alignment to 4 bytes only).
 * k >= 1, or k = 0 to store the bias. Bias is 0 (the null pointer, for none) or [n], padded to a multiple of 4.
 */
import { madd } from "../simd/madd";
import { stripsOf5 } from "../simd/strips_of_5";

/** Flags of a tile: start from C instead of the bias; clamp negative values to 0 before storing. */
export const RESUME: i32 = 1, RELU: i32 = 2;
/** A flag that nobody sets. */
// @ts-ignore: decorator
@inline const NEVER: i32 = 1 << 30;
/** Panels are addressed from so many bytes before them; addresses are above the module's own constants. */
// @ts-ignore: decorator
@inline const BEFORE: usize = 256;
/** Sizes of blocks: 512 steps of k (a panel takes 16 KiB of the first cache), 128 columns (256 KiB of the second). */
export const BLOCK_K: i32 = 512, BLOCK_N: i32 = 128;

/** The first `width` lanes at address `c`, others 0; reads no byte beyond. */
function load_columns(c: usize, width: i32): v128 {
  if (width >= 4) return v128.load(c);
  if (width == 3) return v128.load32_lane(c, v128.load64_zero(c), 2, 8);
  if (width == 2) return v128.load64_zero(c);
  if (width == 1) return v128.load32_zero(c);
  return i32x4.splat(0);
}

/** Stores the first `width` (1 .. 7) of the 8 lanes of v0, v1. */
function store_columns(c: usize, v0: v128, v1: v128, width: i32): void {
  if (width & 4) {
    v128.store(c, v0);
    v0 = v1;
    c += 16;
  }
  if (width & 2) {
    v128.store64_lane(c, v0, 0);
    v0 = i64x2.shuffle(v0, v0, 1, 1);
    c += 8;
  }
  if (width & 1) v128.store32_lane(c, v0, 0);
}

/** 5 rows of C, `n` columns: a strip of A times panels of B, `panel` bytes apart. `k` steps; the strip begins at `a`, the panels at `p`. */
export function strip_5(c: usize, a: usize, p: usize, bias: usize, n: i32, k: i32, panel: usize, ldc: usize, flags: i32): void {
  const c1 = c + ldc, c2 = c1 + ldc, c3 = c2 + ldc, c4 = c3 + ldc;
  const steps = <usize>k << 5, never = flags & NEVER;
  let b0 = i32x4.splat(0), b1 = b0, x = b0, y = b0;
  let s00 = b0, s01 = b0, s10 = b0, s11 = b0, s20 = b0, s21 = b0, s30 = b0, s31 = b0, s40 = b0, s41 = b0;
  for (let j: usize = 0; n > 0; n -= 8, j += 32, p += panel) {
    const width = min(n, 8);
    if (flags & RESUME) {
      s00 = load_columns(c + j, width), s01 = load_columns(c + j + 16, width - 4);
      s10 = load_columns(c1 + j, width), s11 = load_columns(c1 + j + 16, width - 4);
      s20 = load_columns(c2 + j, width), s21 = load_columns(c2 + j + 16, width - 4);
      s30 = load_columns(c3 + j, width), s31 = load_columns(c3 + j + 16, width - 4);
      s40 = load_columns(c4 + j, width), s41 = load_columns(c4 + j + 16, width - 4);
    } else {
      b0 = i32x4.splat(0), b1 = b0;
      if (bias) {
        b0 = v128.load(bias + j);
        if (width > 4) b1 = v128.load(bias + j, 16);
      }
      s00 = b0, s01 = b1;
      s10 = b0, s11 = b1;
      s20 = b0, s21 = b1;
      s30 = b0, s31 = b1;
      s40 = b0, s41 = b1;
    }
    let q = p - BEFORE, v = a;
    for (const end = q + (steps & ~127); q != end; q += 128, v += 80) {
      y = v128.load(v);
      b0 = v128.load(q, BEFORE), b1 = v128.load(q, BEFORE + 16);
      x = i32x4.shuffle(y, y, 0, 0, 0, 0), s00 = madd(x, b0, s00), s01 = madd(x, b1, s01);
      x = i32x4.shuffle(y, y, 1, 1, 1, 1), s10 = madd(x, b0, s10), s11 = madd(x, b1, s11);
      x = i32x4.shuffle(y, y, 2, 2, 2, 2), s20 = madd(x, b0, s20), s21 = madd(x, b1, s21);
      x = i32x4.shuffle(y, y, 3, 3, 3, 3), s30 = madd(x, b0, s30), s31 = madd(x, b1, s31);
      y = v128.load(v, 16);
      x = i32x4.shuffle(y, y, 0, 0, 0, 0), s40 = madd(x, b0, s40), s41 = madd(x, b1, s41);
      if (never) break;
      b0 = v128.load(q, BEFORE + 32), b1 = v128.load(q, BEFORE + 48);
      x = i32x4.shuffle(y, y, 1, 1, 1, 1), s00 = madd(x, b0, s00), s01 = madd(x, b1, s01);
      x = i32x4.shuffle(y, y, 2, 2, 2, 2), s10 = madd(x, b0, s10), s11 = madd(x, b1, s11);
      x = i32x4.shuffle(y, y, 3, 3, 3, 3), s20 = madd(x, b0, s20), s21 = madd(x, b1, s21);
      y = v128.load(v, 32);
      x = i32x4.shuffle(y, y, 0, 0, 0, 0), s30 = madd(x, b0, s30), s31 = madd(x, b1, s31);
      x = i32x4.shuffle(y, y, 1, 1, 1, 1), s40 = madd(x, b0, s40), s41 = madd(x, b1, s41);
      if (never) break;
      b0 = v128.load(q, BEFORE + 64), b1 = v128.load(q, BEFORE + 80);
      x = i32x4.shuffle(y, y, 2, 2, 2, 2), s00 = madd(x, b0, s00), s01 = madd(x, b1, s01);
      x = i32x4.shuffle(y, y, 3, 3, 3, 3), s10 = madd(x, b0, s10), s11 = madd(x, b1, s11);
      y = v128.load(v, 48);
      x = i32x4.shuffle(y, y, 0, 0, 0, 0), s20 = madd(x, b0, s20), s21 = madd(x, b1, s21);
      x = i32x4.shuffle(y, y, 1, 1, 1, 1), s30 = madd(x, b0, s30), s31 = madd(x, b1, s31);
      x = i32x4.shuffle(y, y, 2, 2, 2, 2), s40 = madd(x, b0, s40), s41 = madd(x, b1, s41);
      if (never) break;
      b0 = v128.load(q, BEFORE + 96), b1 = v128.load(q, BEFORE + 112);
      x = i32x4.shuffle(y, y, 3, 3, 3, 3), s00 = madd(x, b0, s00), s01 = madd(x, b1, s01);
      y = v128.load(v, 64);
      x = i32x4.shuffle(y, y, 0, 0, 0, 0), s10 = madd(x, b0, s10), s11 = madd(x, b1, s11);
      x = i32x4.shuffle(y, y, 1, 1, 1, 1), s20 = madd(x, b0, s20), s21 = madd(x, b1, s21);
      x = i32x4.shuffle(y, y, 2, 2, 2, 2), s30 = madd(x, b0, s30), s31 = madd(x, b1, s31);
      x = i32x4.shuffle(y, y, 3, 3, 3, 3), s40 = madd(x, b0, s40), s41 = madd(x, b1, s41);
    }
    for (const end = p + steps - BEFORE; q != end; q += 32, v += 20) {
      b0 = v128.load(q, BEFORE), b1 = v128.load(q, BEFORE + 16), y = v128.load(v);
      x = i32x4.shuffle(y, y, 0, 0, 0, 0), s00 = madd(x, b0, s00), s01 = madd(x, b1, s01);
      x = i32x4.shuffle(y, y, 1, 1, 1, 1), s10 = madd(x, b0, s10), s11 = madd(x, b1, s11);
      x = i32x4.shuffle(y, y, 2, 2, 2, 2), s20 = madd(x, b0, s20), s21 = madd(x, b1, s21);
      x = i32x4.shuffle(y, y, 3, 3, 3, 3), s30 = madd(x, b0, s30), s31 = madd(x, b1, s31);
      x = v128.load32_splat(v, 16), s40 = madd(x, b0, s40), s41 = madd(x, b1, s41);
    }
    if (flags & RELU) {
      b0 = i32x4.splat(0);
      s00 = f32x4.pmax(s00, b0), s01 = f32x4.pmax(s01, b0);
      s10 = f32x4.pmax(s10, b0), s11 = f32x4.pmax(s11, b0);
      s20 = f32x4.pmax(s20, b0), s21 = f32x4.pmax(s21, b0);
      s30 = f32x4.pmax(s30, b0), s31 = f32x4.pmax(s31, b0);
      s40 = f32x4.pmax(s40, b0), s41 = f32x4.pmax(s41, b0);
    }
    if (width == 8) {
      v128.store(c + j, s00), v128.store(c + j, s01, 16);
      v128.store(c1 + j, s10), v128.store(c1 + j, s11, 16);
      v128.store(c2 + j, s20), v128.store(c2 + j, s21, 16);
      v128.store(c3 + j, s30), v128.store(c3 + j, s31, 16);
      v128.store(c4 + j, s40), v128.store(c4 + j, s41, 16);
    } else {
      store_columns(c + j, s00, s01, width);
      store_columns(c1 + j, s10, s11, width);
      store_columns(c2 + j, s20, s21, width);
      store_columns(c3 + j, s30, s31, width);
      store_columns(c4 + j, s40, s41, width);
    }
  }
}

/** As strip_5 with rows 0 .. min(rows, 4) - 1. Rows beyond the last repeat it, in A too, and store the same values. */
export function strip_4(c: usize, a: usize, p: usize, bias: usize, rows: i32, n: i32, k: i32, panel: usize, ldc: usize, flags: i32): void {
  const c1 = rows > 1 ? c + ldc : c;
  const c2 = rows > 2 ? c1 + ldc : c1;
  const c3 = rows > 3 ? c2 + ldc : c2;
  const steps = <usize>k << 5, never = flags & NEVER;
  let b0 = i32x4.splat(0), b1 = b0, x = b0, y = b0;
  let s00 = b0, s01 = b0, s10 = b0, s11 = b0, s20 = b0, s21 = b0, s30 = b0, s31 = b0;
  for (let j: usize = 0; n > 0; n -= 8, j += 32, p += panel) {
    const width = min(n, 8);
    if (flags & RESUME) {
      s00 = load_columns(c + j, width), s01 = load_columns(c + j + 16, width - 4);
      s10 = load_columns(c1 + j, width), s11 = load_columns(c1 + j + 16, width - 4);
      s20 = load_columns(c2 + j, width), s21 = load_columns(c2 + j + 16, width - 4);
      s30 = load_columns(c3 + j, width), s31 = load_columns(c3 + j + 16, width - 4);
    } else {
      b0 = i32x4.splat(0), b1 = b0;
      if (bias) {
        b0 = v128.load(bias + j);
        if (width > 4) b1 = v128.load(bias + j, 16);
      }
      s00 = b0, s01 = b1;
      s10 = b0, s11 = b1;
      s20 = b0, s21 = b1;
      s30 = b0, s31 = b1;
    }
    let q = p - BEFORE, v = a;
    for (const end = q + (steps & ~127); q != end; q += 128, v += 64) {
      b0 = v128.load(q, BEFORE), b1 = v128.load(q, BEFORE + 16), y = v128.load(v);
      x = i32x4.shuffle(y, y, 0, 0, 0, 0), s00 = madd(x, b0, s00), s01 = madd(x, b1, s01);
      x = i32x4.shuffle(y, y, 1, 1, 1, 1), s10 = madd(x, b0, s10), s11 = madd(x, b1, s11);
      x = i32x4.shuffle(y, y, 2, 2, 2, 2), s20 = madd(x, b0, s20), s21 = madd(x, b1, s21);
      x = i32x4.shuffle(y, y, 3, 3, 3, 3), s30 = madd(x, b0, s30), s31 = madd(x, b1, s31);
      if (never) break;
      b0 = v128.load(q, BEFORE + 32), b1 = v128.load(q, BEFORE + 48), y = v128.load(v, 16);
      x = i32x4.shuffle(y, y, 0, 0, 0, 0), s00 = madd(x, b0, s00), s01 = madd(x, b1, s01);
      x = i32x4.shuffle(y, y, 1, 1, 1, 1), s10 = madd(x, b0, s10), s11 = madd(x, b1, s11);
      x = i32x4.shuffle(y, y, 2, 2, 2, 2), s20 = madd(x, b0, s20), s21 = madd(x, b1, s21);
      x = i32x4.shuffle(y, y, 3, 3, 3, 3), s30 = madd(x, b0, s30), s31 = madd(x, b1, s31);
      if (never) break;
      b0 = v128.load(q, BEFORE + 64), b1 = v128.load(q, BEFORE + 80), y = v128.load(v, 32);
      x = i32x4.shuffle(y, y, 0, 0, 0, 0), s00 = madd(x, b0, s00), s01 = madd(x, b1, s01);
      x = i32x4.shuffle(y, y, 1, 1, 1, 1), s10 = madd(x, b0, s10), s11 = madd(x, b1, s11);
      x = i32x4.shuffle(y, y, 2, 2, 2, 2), s20 = madd(x, b0, s20), s21 = madd(x, b1, s21);
      x = i32x4.shuffle(y, y, 3, 3, 3, 3), s30 = madd(x, b0, s30), s31 = madd(x, b1, s31);
      if (never) break;
      b0 = v128.load(q, BEFORE + 96), b1 = v128.load(q, BEFORE + 112), y = v128.load(v, 48);
      x = i32x4.shuffle(y, y, 0, 0, 0, 0), s00 = madd(x, b0, s00), s01 = madd(x, b1, s01);
      x = i32x4.shuffle(y, y, 1, 1, 1, 1), s10 = madd(x, b0, s10), s11 = madd(x, b1, s11);
      x = i32x4.shuffle(y, y, 2, 2, 2, 2), s20 = madd(x, b0, s20), s21 = madd(x, b1, s21);
      x = i32x4.shuffle(y, y, 3, 3, 3, 3), s30 = madd(x, b0, s30), s31 = madd(x, b1, s31);
    }
    for (const end = p + steps - BEFORE; q != end; q += 32, v += 16) {
      b0 = v128.load(q, BEFORE), b1 = v128.load(q, BEFORE + 16), y = v128.load(v);
      x = i32x4.shuffle(y, y, 0, 0, 0, 0), s00 = madd(x, b0, s00), s01 = madd(x, b1, s01);
      x = i32x4.shuffle(y, y, 1, 1, 1, 1), s10 = madd(x, b0, s10), s11 = madd(x, b1, s11);
      x = i32x4.shuffle(y, y, 2, 2, 2, 2), s20 = madd(x, b0, s20), s21 = madd(x, b1, s21);
      x = i32x4.shuffle(y, y, 3, 3, 3, 3), s30 = madd(x, b0, s30), s31 = madd(x, b1, s31);
    }
    if (flags & RELU) {
      b0 = i32x4.splat(0);
      s00 = f32x4.pmax(s00, b0), s01 = f32x4.pmax(s01, b0);
      s10 = f32x4.pmax(s10, b0), s11 = f32x4.pmax(s11, b0);
      s20 = f32x4.pmax(s20, b0), s21 = f32x4.pmax(s21, b0);
      s30 = f32x4.pmax(s30, b0), s31 = f32x4.pmax(s31, b0);
    }
    if (width == 8) {
      v128.store(c + j, s00), v128.store(c + j, s01, 16);
      v128.store(c1 + j, s10), v128.store(c1 + j, s11, 16);
      v128.store(c2 + j, s20), v128.store(c2 + j, s21, 16);
      v128.store(c3 + j, s30), v128.store(c3 + j, s31, 16);
    } else {
      store_columns(c + j, s00, s01, width);
      store_columns(c1 + j, s10, s11, width);
      store_columns(c2 + j, s20, s21, width);
      store_columns(c3 + j, s30, s31, width);
    }
  }
}

/** C of one block of k and one of columns: all strips of A, those of 5 rows first. `rowA` is the length of a row in a strip, `panel` that of a panel, in bytes. */
export function block(c: usize, a: usize, p: usize, bias: usize, m: i32, n: i32, kb: i32, rowA: usize, panel: usize, ldc: usize, first: usize, flags: i32): void {
  let i = 0;
  for (const end = 5 * stripsOf5(m); i < end; i += 5) {
    strip_5(c, a + first * 5, p, bias, n, kb, panel, ldc, flags);
    a += rowA * 5, c += ldc * 5;
  }
  for (; i < m; i += 4) {
    strip_4(c, a + (first << 2), p, bias, m - i, n, kb, panel, ldc, flags);
    a += rowA << 2, c += ldc << 2;
  }
}

/** C[m, n] = A . B (+ bias over rows, or with RESUME + C) of packed operands, by blocks. ldc in elements. */
export function multiply(c: usize, a: usize, packed: usize, bias: usize, m: i32, n: i32, k: i32, ldc: i32, flags: i32): void {
  multiply_part(c, a, packed, bias, m, n, k, ldc, flags, k);
}

/** As multiply, for panels that are `depth` steps long, of which the first k count. */
export function multiply_part(c: usize, a: usize, packed: usize, bias: usize, m: i32, n: i32, k: i32, ldc: i32, flags: i32, depth: i32): void {
  const rowA = <usize>k << 2, panel = <usize>depth << 5, strideC = <usize>ldc << 2;
  const blocks = (k + BLOCK_K - 1) / BLOCK_K, blockK = blocks > 1 ? ((k + blocks - 1) / blocks + 3) & ~3 : k;
  let k0 = 0;
  do {
    const kb = min(k - k0, blockK), f = (k0 ? RESUME : flags & RESUME) | (k0 + kb == k ? flags & RELU : 0);
    for (let j = 0; j < n; j += BLOCK_N) {
      const q = <usize>j << 2, p = packed + q * <usize>depth + (<usize>k0 << 5);
      block(c + q, a, p, bias ? bias + q : 0, m, min(n - j, BLOCK_N), kb, rowA, panel, strideC, <usize>k0 << 2, f);
    }
    k0 += kb;
  } while (k0 < k);
}
