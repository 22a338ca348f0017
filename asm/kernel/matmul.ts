/**
 * Float32 matrix product over a packed B (see pack.ts), in tiles of 6 or 4 rows by 8 columns that live in registers.
 *
 * Every element of C is one chain: start from the bias (or 0), then for k ascending `acc = madd(a, b, acc)`. Tiles, blocks of k
 * (C is stored and loaded again, without loss) and cuts into workers' shares do not change it, so the bits are the same for all of them.
 *
 * Speed, on engines that check bounds in code (Deno's V8 does): a load costs a check, so tiles keep loads few; each step of k ends
 * in a conditional break, which stops the optimizer from mixing steps and so from needing more than 15 vector registers.
 * Build with --initialMemory 1 or more: then the constant offsets of loads need no check of their own.
 *
 * Contract: c, a, packed, scratch do not overlap. Only the m x n elements of C are written (ldc >= n, any number).
 * k >= 1, or k = 0 to store the bias. Bias is 0 (the null pointer, for none) or [n], padded to a multiple of 4. A and C need alignment to 4 bytes only.
 */
import { madd } from "../simd/madd";

/** Flags of a tile: start from C instead of the bias; clamp negative values to 0 before storing. */
const RESUME: i32 = 1, RELU: i32 = 2;
/** Sizes of blocks: 512 steps of k (a panel takes 16 KiB of the first cache), 256 columns (512 KiB of the second), 48 rows of transposed A. */
const BLOCK_K: i32 = 512, BLOCK_N: i32 = 256, BLOCK_M: i32 = 48;

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

/** Rows 0 .. min(rows, 6) - 1 of one panel: see `multiply` for the arguments. Rows beyond the last repeat it, and store the same values. */
function tile_6(c: usize, a: usize, p: usize, bias: usize, rows: i32, width: i32, k: i32, lda: usize, ldc: usize, flags: i32): void {
  const c1 = rows > 1 ? c + ldc : c;
  const c2 = rows > 2 ? c1 + ldc : c1;
  const c3 = rows > 3 ? c2 + ldc : c2;
  const c4 = rows > 4 ? c3 + ldc : c3;
  const c5 = rows > 5 ? c4 + ldc : c4;
  let a1 = rows > 1 ? a + lda : a;
  let a2 = rows > 2 ? a1 + lda : a1;
  let a3 = rows > 3 ? a2 + lda : a2;
  let a4 = rows > 4 ? a3 + lda : a3;
  let a5 = rows > 5 ? a4 + lda : a4;
  let b0 = i32x4.splat(0), b1 = b0, x = b0;
  let s00 = b0, s01 = b0, s10 = b0, s11 = b0, s20 = b0, s21 = b0, s30 = b0, s31 = b0, s40 = b0, s41 = b0, s50 = b0, s51 = b0;
  if (flags & RESUME) {
    s00 = load_columns(c, width);
    s01 = load_columns(c + 16, width - 4);
    s10 = load_columns(c1, width);
    s11 = load_columns(c1 + 16, width - 4);
    s20 = load_columns(c2, width);
    s21 = load_columns(c2 + 16, width - 4);
    s30 = load_columns(c3, width);
    s31 = load_columns(c3 + 16, width - 4);
    s40 = load_columns(c4, width);
    s41 = load_columns(c4 + 16, width - 4);
    s50 = load_columns(c5, width);
    s51 = load_columns(c5 + 16, width - 4);
  } else if (bias) {
    b0 = v128.load(bias);
    if (width > 4) b1 = v128.load(bias, 16);
    s00 = b0, s01 = b1;
    s10 = b0, s11 = b1;
    s20 = b0, s21 = b1;
    s30 = b0, s31 = b1;
    s40 = b0, s41 = b1;
    s50 = b0, s51 = b1;
  }
  const end = p + (<usize>k << 5), end1 = end - 32, end2 = end - 64, end3 = end - 96;
  if (k) do {
    b0 = v128.load(p, 0), b1 = v128.load(p, 16);
    x = v128.load32_splat(a, 0), s00 = madd(x, b0, s00), s01 = madd(x, b1, s01);
    x = v128.load32_splat(a1, 0), s10 = madd(x, b0, s10), s11 = madd(x, b1, s11);
    x = v128.load32_splat(a2, 0), s20 = madd(x, b0, s20), s21 = madd(x, b1, s21);
    x = v128.load32_splat(a3, 0), s30 = madd(x, b0, s30), s31 = madd(x, b1, s31);
    x = v128.load32_splat(a4, 0), s40 = madd(x, b0, s40), s41 = madd(x, b1, s41);
    x = v128.load32_splat(a5, 0), s50 = madd(x, b0, s50), s51 = madd(x, b1, s51);
    if (p == end1) break;
    b0 = v128.load(p, 32), b1 = v128.load(p, 48);
    x = v128.load32_splat(a, 4), s00 = madd(x, b0, s00), s01 = madd(x, b1, s01);
    x = v128.load32_splat(a1, 4), s10 = madd(x, b0, s10), s11 = madd(x, b1, s11);
    x = v128.load32_splat(a2, 4), s20 = madd(x, b0, s20), s21 = madd(x, b1, s21);
    x = v128.load32_splat(a3, 4), s30 = madd(x, b0, s30), s31 = madd(x, b1, s31);
    x = v128.load32_splat(a4, 4), s40 = madd(x, b0, s40), s41 = madd(x, b1, s41);
    x = v128.load32_splat(a5, 4), s50 = madd(x, b0, s50), s51 = madd(x, b1, s51);
    if (p == end2) break;
    b0 = v128.load(p, 64), b1 = v128.load(p, 80);
    x = v128.load32_splat(a, 8), s00 = madd(x, b0, s00), s01 = madd(x, b1, s01);
    x = v128.load32_splat(a1, 8), s10 = madd(x, b0, s10), s11 = madd(x, b1, s11);
    x = v128.load32_splat(a2, 8), s20 = madd(x, b0, s20), s21 = madd(x, b1, s21);
    x = v128.load32_splat(a3, 8), s30 = madd(x, b0, s30), s31 = madd(x, b1, s31);
    x = v128.load32_splat(a4, 8), s40 = madd(x, b0, s40), s41 = madd(x, b1, s41);
    x = v128.load32_splat(a5, 8), s50 = madd(x, b0, s50), s51 = madd(x, b1, s51);
    if (p == end3) break;
    b0 = v128.load(p, 96), b1 = v128.load(p, 112);
    x = v128.load32_splat(a, 12), s00 = madd(x, b0, s00), s01 = madd(x, b1, s01);
    x = v128.load32_splat(a1, 12), s10 = madd(x, b0, s10), s11 = madd(x, b1, s11);
    x = v128.load32_splat(a2, 12), s20 = madd(x, b0, s20), s21 = madd(x, b1, s21);
    x = v128.load32_splat(a3, 12), s30 = madd(x, b0, s30), s31 = madd(x, b1, s31);
    x = v128.load32_splat(a4, 12), s40 = madd(x, b0, s40), s41 = madd(x, b1, s41);
    x = v128.load32_splat(a5, 12), s50 = madd(x, b0, s50), s51 = madd(x, b1, s51);
    p += 128, a += 16, a1 += 16, a2 += 16, a3 += 16, a4 += 16, a5 += 16;
  } while (p != end);
  if (flags & RELU) {
    b0 = i32x4.splat(0);
    s00 = f32x4.pmax(s00, b0), s01 = f32x4.pmax(s01, b0);
    s10 = f32x4.pmax(s10, b0), s11 = f32x4.pmax(s11, b0);
    s20 = f32x4.pmax(s20, b0), s21 = f32x4.pmax(s21, b0);
    s30 = f32x4.pmax(s30, b0), s31 = f32x4.pmax(s31, b0);
    s40 = f32x4.pmax(s40, b0), s41 = f32x4.pmax(s41, b0);
    s50 = f32x4.pmax(s50, b0), s51 = f32x4.pmax(s51, b0);
  }
  if (width == 8) {
    v128.store(c, s00), v128.store(c, s01, 16);
    v128.store(c1, s10), v128.store(c1, s11, 16);
    v128.store(c2, s20), v128.store(c2, s21, 16);
    v128.store(c3, s30), v128.store(c3, s31, 16);
    v128.store(c4, s40), v128.store(c4, s41, 16);
    v128.store(c5, s50), v128.store(c5, s51, 16);
  } else {
    store_columns(c, s00, s01, width);
    store_columns(c1, s10, s11, width);
    store_columns(c2, s20, s21, width);
    store_columns(c3, s30, s31, width);
    store_columns(c4, s40, s41, width);
    store_columns(c5, s50, s51, width);
  }
}

/** Rows 0 .. min(rows, 4) - 1 of one panel: see `multiply` for the arguments. Rows beyond the last repeat it, and store the same values. */
function tile_4(c: usize, a: usize, p: usize, bias: usize, rows: i32, width: i32, k: i32, lda: usize, ldc: usize, flags: i32): void {
  const c1 = rows > 1 ? c + ldc : c;
  const c2 = rows > 2 ? c1 + ldc : c1;
  const c3 = rows > 3 ? c2 + ldc : c2;
  let a1 = rows > 1 ? a + lda : a;
  let a2 = rows > 2 ? a1 + lda : a1;
  let a3 = rows > 3 ? a2 + lda : a2;
  let b0 = i32x4.splat(0), b1 = b0, x = b0;
  let s00 = b0, s01 = b0, s10 = b0, s11 = b0, s20 = b0, s21 = b0, s30 = b0, s31 = b0;
  if (flags & RESUME) {
    s00 = load_columns(c, width);
    s01 = load_columns(c + 16, width - 4);
    s10 = load_columns(c1, width);
    s11 = load_columns(c1 + 16, width - 4);
    s20 = load_columns(c2, width);
    s21 = load_columns(c2 + 16, width - 4);
    s30 = load_columns(c3, width);
    s31 = load_columns(c3 + 16, width - 4);
  } else if (bias) {
    b0 = v128.load(bias);
    if (width > 4) b1 = v128.load(bias, 16);
    s00 = b0, s01 = b1;
    s10 = b0, s11 = b1;
    s20 = b0, s21 = b1;
    s30 = b0, s31 = b1;
  }
  const end = p + (<usize>k << 5), end1 = end - 32, end2 = end - 64, end3 = end - 96;
  if (k) do {
    b0 = v128.load(p, 0), b1 = v128.load(p, 16);
    x = v128.load32_splat(a, 0), s00 = madd(x, b0, s00), s01 = madd(x, b1, s01);
    x = v128.load32_splat(a1, 0), s10 = madd(x, b0, s10), s11 = madd(x, b1, s11);
    x = v128.load32_splat(a2, 0), s20 = madd(x, b0, s20), s21 = madd(x, b1, s21);
    x = v128.load32_splat(a3, 0), s30 = madd(x, b0, s30), s31 = madd(x, b1, s31);
    if (p == end1) break;
    b0 = v128.load(p, 32), b1 = v128.load(p, 48);
    x = v128.load32_splat(a, 4), s00 = madd(x, b0, s00), s01 = madd(x, b1, s01);
    x = v128.load32_splat(a1, 4), s10 = madd(x, b0, s10), s11 = madd(x, b1, s11);
    x = v128.load32_splat(a2, 4), s20 = madd(x, b0, s20), s21 = madd(x, b1, s21);
    x = v128.load32_splat(a3, 4), s30 = madd(x, b0, s30), s31 = madd(x, b1, s31);
    if (p == end2) break;
    b0 = v128.load(p, 64), b1 = v128.load(p, 80);
    x = v128.load32_splat(a, 8), s00 = madd(x, b0, s00), s01 = madd(x, b1, s01);
    x = v128.load32_splat(a1, 8), s10 = madd(x, b0, s10), s11 = madd(x, b1, s11);
    x = v128.load32_splat(a2, 8), s20 = madd(x, b0, s20), s21 = madd(x, b1, s21);
    x = v128.load32_splat(a3, 8), s30 = madd(x, b0, s30), s31 = madd(x, b1, s31);
    if (p == end3) break;
    b0 = v128.load(p, 96), b1 = v128.load(p, 112);
    x = v128.load32_splat(a, 12), s00 = madd(x, b0, s00), s01 = madd(x, b1, s01);
    x = v128.load32_splat(a1, 12), s10 = madd(x, b0, s10), s11 = madd(x, b1, s11);
    x = v128.load32_splat(a2, 12), s20 = madd(x, b0, s20), s21 = madd(x, b1, s21);
    x = v128.load32_splat(a3, 12), s30 = madd(x, b0, s30), s31 = madd(x, b1, s31);
    p += 128, a += 16, a1 += 16, a2 += 16, a3 += 16;
  } while (p != end);
  if (flags & RELU) {
    b0 = i32x4.splat(0);
    s00 = f32x4.pmax(s00, b0), s01 = f32x4.pmax(s01, b0);
    s10 = f32x4.pmax(s10, b0), s11 = f32x4.pmax(s11, b0);
    s20 = f32x4.pmax(s20, b0), s21 = f32x4.pmax(s21, b0);
    s30 = f32x4.pmax(s30, b0), s31 = f32x4.pmax(s31, b0);
  }
  if (width == 8) {
    v128.store(c, s00), v128.store(c, s01, 16);
    v128.store(c1, s10), v128.store(c1, s11, 16);
    v128.store(c2, s20), v128.store(c2, s21, 16);
    v128.store(c3, s30), v128.store(c3, s31, 16);
  } else {
    store_columns(c, s00, s01, width);
    store_columns(c1, s10, s11, width);
    store_columns(c2, s20, s21, width);
    store_columns(c3, s30, s31, width);
  }
}

/** Copies the block a[k, rows] with row stride lda to scratch[rows, k] with row stride `row`, both in bytes. */
function transpose(scratch: usize, a: usize, rows: i32, k: i32, lda: usize, row: usize): void {
  const rows4 = rows & ~3, k4 = k & ~3;
  for (let j = 0; j < k4; j += 4) {
    const a1 = a + lda, a2 = a1 + lda, a3 = a2 + lda;
    let s0 = scratch + (<usize>j << 2);
    for (let i: usize = 0, end = <usize>rows4 << 2; i < end; i += 16) {
      const v0 = v128.load(a + i), v1 = v128.load(a1 + i), v2 = v128.load(a2 + i), v3 = v128.load(a3 + i);
      const l0 = i32x4.shuffle(v0, v1, 0, 4, 1, 5), h0 = i32x4.shuffle(v0, v1, 2, 6, 3, 7);
      const l1 = i32x4.shuffle(v2, v3, 0, 4, 1, 5), h1 = i32x4.shuffle(v2, v3, 2, 6, 3, 7);
      const s1 = s0 + row, s2 = s1 + row, s3 = s2 + row;
      v128.store(s0, i64x2.shuffle(l0, l1, 0, 2)), v128.store(s1, i64x2.shuffle(l0, l1, 1, 3));
      v128.store(s2, i64x2.shuffle(h0, h1, 0, 2)), v128.store(s3, i64x2.shuffle(h0, h1, 1, 3));
      s0 = s3 + row;
    }
    for (let i = rows4; i < rows; i++) {
      const q = <usize>i << 2;
      store<f32>(s0, load<f32>(a + q)), store<f32>(s0, load<f32>(a1 + q), 4);
      store<f32>(s0, load<f32>(a2 + q), 8), store<f32>(s0, load<f32>(a3 + q), 12);
      s0 += row;
    }
    a = a3 + lda;
  }
  for (let j = k4; j < k; j++) {
    let s = scratch + (<usize>j << 2);
    for (let i: usize = 0, end = <usize>rows << 2; i < end; i += 4) store<f32>(s, load<f32>(a + i)), s += row;
    a += lda;
  }
}

/** C[m, columns] of one block of k and one of columns; row strides in bytes. Rows are taken by 6, and by 4 where that leaves fewer lanes idle. */
function block(c: usize, a: usize, packed: usize, bias: usize, m: i32, n: i32, kb: i32, k: i32, lda: usize, ldc: usize, flags: i32): void {
  const panel = <usize>k << 5;
  for (let i = 0; i < m;) {
    const rows = m - i, six = rows == 5 || rows == 6 || rows > 8;
    let ci = c, p = packed, b = bias;
    for (let j = n; j > 0; j -= 8) {
      const width = j < 8 ? j : 8;
      if (six) tile_6(ci, a, p, b, rows, width, kb, lda, ldc, flags);
      else tile_4(ci, a, p, b, rows, width, kb, lda, ldc, flags);
      ci += 32, p += panel, b += b ? 32 : 0;
    }
    const step = six ? 6 : 4;
    i += step, a += <usize>step * lda, c += <usize>step * ldc;
  }
}

/** All blocks. With scratch, A is stored [k, m] and goes through scratch; without, it is [m, k] and is read in place. */
function multiply(c: usize, a: usize, packed: usize, bias: usize, m: i32, n: i32, k: i32, lda: i32, ldc: i32, flags: i32, scratch: usize): void {
  const strideA = <usize>lda << 2, strideC = <usize>ldc << 2;
  // An odd number of cache lines, so that the rows of scratch do not fall on each other in the cache.
  const strideS = <usize>((min(k, BLOCK_K) + 31) & ~31) + 16 << 2;
  const blockM = scratch ? BLOCK_M : m;
  const blocks = (k + BLOCK_K - 1) / BLOCK_K, blockK = blocks > 1 ? ((k + blocks - 1) / blocks + 3) & ~3 : k;
  let k0 = 0;
  do {
    const kb = min(k - k0, blockK), f = (k0 ? RESUME : 0) | (k0 + kb == k ? flags : 0);
    for (let i = 0; i < m; i += blockM) {
      const mb = min(m - i, blockM);
      let ai = a + <usize>i * strideA + (<usize>k0 << 2), row = strideA;
      if (scratch) {
        transpose(scratch, a + <usize>k0 * strideA + (<usize>i << 2), mb, kb, strideA, strideS);
        ai = scratch, row = strideS;
      }
      for (let j = 0; j < n; j += BLOCK_N) {
        const p = packed + <usize>j * (<usize>k << 2) + (<usize>k0 << 5), b = bias ? bias + (<usize>j << 2) : 0;
        block(c + <usize>i * strideC + (<usize>j << 2), ai, p, b, mb, min(n - j, BLOCK_N), kb, k, row, strideC, f);
      }
    }
    k0 += kb;
  } while (k0 < k);
}

/** C[m, n] = A[m, k] . B (+ bias over rows), B packed by pack_n or pack_t; lda and ldc are row strides in elements. Split by rows of A and C, or by panels. */
export function matmul_n(c: usize, a: usize, packed: usize, bias: usize, m: i32, n: i32, k: i32, lda: i32, ldc: i32): void {
  multiply(c, a, packed, bias, m, n, k, lda, ldc, 0, 0);
}

/** As matmul_n, then negative values become 0 (NaN and -0 stay). */
export function matmul_n_relu(c: usize, a: usize, packed: usize, bias: usize, m: i32, n: i32, k: i32, lda: i32, ldc: i32): void {
  multiply(c, a, packed, bias, m, n, k, lda, ldc, RELU, 0);
}

/**
 * As matmul_n with A stored transposed, [k, m] with row stride lda. Blocks of A are transposed into scratch:
 * 4 * min(m, 48) * s bytes, where s = (min(k, 512) rounded up to a multiple of 32) + 16, private to the caller.
 * To share by rows, allocate 4 * m * s bytes and give the share that starts at row r the address scratch + 4 * r * s.
 */
export function matmul_t(c: usize, a: usize, packed: usize, bias: usize, m: i32, n: i32, k: i32, lda: i32, ldc: i32, scratch: usize): void {
  multiply(c, a, packed, bias, m, n, k, lda, ldc, 0, scratch);
}
