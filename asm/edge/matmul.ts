/**
 * Float32 matrix products of the edge runtime: over packed weights, one tile size, small code.
 *
 * Every element is the chain of kernel/matmul.ts: start from the bias (or 0), then for k ascending `acc = madd(a, b, acc)`; so it does
 * not depend on the number of rows. Packed weights are panels of 8 columns, each [k, 8] without gaps, columns beyond n are 0.
 *
 * Contract: c does not overlap the others; the m x n elements of C are written; bias is [n] padded to a multiple of 4, or 0 for none.
 */
import { madd } from "../simd/madd";

/** Columns of a block of B stay in the second cache: this many weights. */
const BLOCK: i32 = 131072;

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

/** Ends a row of a tile: clamps from below, and stores `width` columns. */
function finish(c: usize, v0: v128, v1: v128, low: v128, width: i32): void {
  v0 = f32x4.pmax(v0, low), v1 = f32x4.pmax(v1, low);
  if (width >= 8) v128.store(c, v0), v128.store(c, v1, 16);
  else store_columns(c, v0, v1, width);
}

/** Up to 6 rows of one panel; rows beyond the last repeat it, and store the same values. Strides in bytes. */
function tile(c: usize, a: usize, p: usize, bias: usize, low: v128, rows: i32, width: i32, k: i32, ldc: usize): void {
  const lda = <usize>k << 2;
  let a1 = rows > 1 ? a + lda : a;
  let a2 = rows > 2 ? a1 + lda : a1;
  let a3 = rows > 3 ? a2 + lda : a2;
  let a4 = rows > 4 ? a3 + lda : a3;
  let a5 = rows > 5 ? a4 + lda : a4;
  let b0 = i32x4.splat(0), b1 = b0, x = b0;
  if (bias) {
    b0 = v128.load(bias);
    if (width > 4) b1 = v128.load(bias, 16);
  }
  let s00 = b0, s01 = b1, s10 = b0, s11 = b1, s20 = b0, s21 = b1, s30 = b0, s31 = b1, s40 = b0, s41 = b1, s50 = b0, s51 = b1;
  const end = p + (<usize>k << 5), end1 = end - 32;
  do {
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
    p += 64, a += 8, a1 += 8, a2 += 8, a3 += 8, a4 += 8, a5 += 8;
  } while (p != end);
  finish(c, s00, s01, low, width);
  if (rows > 1) finish(c += ldc, s10, s11, low, width);
  if (rows > 2) finish(c += ldc, s20, s21, low, width);
  if (rows > 3) finish(c += ldc, s30, s31, low, width);
  if (rows > 4) finish(c += ldc, s40, s41, low, width);
  if (rows > 5) finish(c += ldc, s50, s51, low, width);
}

/** One row, 4 panels. */
function wide(c: usize, a: usize, p: usize, bias: usize, low: v128, k: i32): void {
  const panel = <usize>k << 5, end = p + panel;
  let p1 = end, p2 = p1 + panel, p3 = p2 + panel;
  let x = i32x4.splat(0), s0 = x, s1 = x, s2 = x, s3 = x, s4 = x, s5 = x, s6 = x, s7 = x;
  if (bias) {
    s0 = v128.load(bias, 0), s1 = v128.load(bias, 16), s2 = v128.load(bias, 32), s3 = v128.load(bias, 48);
    s4 = v128.load(bias, 64), s5 = v128.load(bias, 80), s6 = v128.load(bias, 96), s7 = v128.load(bias, 112);
  }
  do {
    x = v128.load32_splat(a);
    s0 = madd(x, v128.load(p), s0), s1 = madd(x, v128.load(p, 16), s1);
    s2 = madd(x, v128.load(p1), s2), s3 = madd(x, v128.load(p1, 16), s3);
    s4 = madd(x, v128.load(p2), s4), s5 = madd(x, v128.load(p2, 16), s5);
    s6 = madd(x, v128.load(p3), s6), s7 = madd(x, v128.load(p3, 16), s7);
    a += 4, p += 32, p1 += 32, p2 += 32, p3 += 32;
  } while (p != end);
  finish(c, s0, s1, low, 8), finish(c + 32, s2, s3, low, 8);
  finish(c + 64, s4, s5, low, 8), finish(c + 96, s6, s7, low, 8);
}

/**
 * C[m, n] = max(A[m, k] . B + bias, low); low is -Infinity, or 0 for relu (NaN stays). Rows follow each other without gaps; k >= 1.
 *
 * @param c written: m * n
 * @param a read: m * k
 * @param packed read: k * up(n, 8), packed from k by n
 * @param bias read: n, optional
 * @param low scalar
 * @param m count >= 0
 * @param n count >= 0
 * @param k count >= 1
 * @edge matmul: low = -Infinity
 * @edge matmul_relu: low = 0
 */
export function edge_matmul(c: usize, a: usize, packed: usize, bias: usize, low: f32, m: i32, n: i32, k: i32): void {
  const panel = <usize>k << 5, ldc = <usize>n << 2, least = f32x4.splat(low);
  let columns = m == 1 ? n : max((BLOCK / k) & ~7, 8);
  for (let j0 = 0; j0 < n; j0 += columns) {
    const end = min(n, j0 + columns);
    for (let i = 0; i < m; i += 6) {
      const ai = a + (<usize>i * <usize>k << 2), ci = c + <usize>i * ldc;
      let j = j0;
      while (j < end) {
        const p = packed + <usize>(j >> 3) * panel, b = bias ? bias + (<usize>j << 2) : 0, to = ci + (<usize>j << 2);
        if (m == 1 && j + 32 <= n) {
          wide(to, ai, p, b, least, k);
          j += 32;
        } else {
          tile(to, ai, p, b, least, m - i, n - j, k, ldc);
          j += 8;
        }
      }
    }
  }
}

/**
 * Packs B[k, n].
 *
 * @param packed written: k * up(n, 8)
 * @param b read: k * n
 * @param k count >= 0
 * @param n count >= 0
 * @edge pack: loader
 */
export function edge_pack(packed: usize, b: usize, k: i32, n: i32): void {
  const row = <usize>n << 2;
  for (let j = 0; j < n; j += 8) {
    let q = b + (<usize>j << 2);
    const bytes = <usize>min(n - j, 8) << 2;
    for (let i = 0; i < k; i++) {
      if (bytes == 32) v128.store(packed, v128.load(q)), v128.store(packed, v128.load(q, 16), 16);
      else {
        for (let o: usize = 0; o < 32; o += 4) store<f32>(packed + o, o < bytes ? load<f32>(q + o) : 0);
      }
      packed += 32, q += row;
    }
  }
}
