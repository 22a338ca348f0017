/**
 * Float32 matrix product without packing, for small problems: little fixed cost, B is read where it lies.
 *
 * The same chain for every element as in matmul.ts, so the same bits: acc = bias or 0, then for k ascending acc = madd(a, b, acc).
 *
 * Contract: c does not overlap the others; only the m x n elements of C are written, and nothing outside A, B and bias is read
 * (bias is [n] padded to a multiple of 4, or 0 for none). Strides lda, ldb, ldc are rows in elements; alignment to 4 bytes is enough.
 * Where columns or rows do not fill a tile, tiles overlap or repeat rows: the same values are stored twice.
 */
import { madd } from "../simd/madd";

/** The first `width` (1 .. 4) lanes at address p, others 0. */
function load_columns(p: usize, width: i32): v128 {
  if (width == 4) return v128.load(p);
  if (width == 3) return v128.load32_lane(p, v128.load64_zero(p), 2, 8);
  return width == 2 ? v128.load64_zero(p) : v128.load32_zero(p);
}

/** Stores the first `width` (1 .. 4) lanes of v. */
@inline
function store_columns(c: usize, v: v128, width: i32): void {
  if (width == 1) v128.store32_lane(c, v, 0);
  else if (width == 4) v128.store(c, v);
  else {
    v128.store64_lane(c, v, 0);
    if (width == 3) v128.store32_lane(c, v, 2, 8);
  }
}

/** 6 rows, 8 columns: 4 at b and 4 at b + other (the same distance in bias and C). Rows beyond the last repeat it, and store the same values. */
function small_6(c: usize, a: usize, b: usize, bias: usize, other: usize, rows: i32, k: i32, rowA: usize, stepA: usize, ldb: usize, ldc: usize, relu: i32): void {
  const c1 = rows > 1 ? c + ldc : c;
  const c2 = rows > 2 ? c1 + ldc : c1;
  const c3 = rows > 3 ? c2 + ldc : c2;
  const c4 = rows > 4 ? c3 + ldc : c3;
  const c5 = rows > 5 ? c4 + ldc : c4;
  let a1 = rows > 1 ? a + rowA : a;
  let a2 = rows > 2 ? a1 + rowA : a1;
  let a3 = rows > 3 ? a2 + rowA : a2;
  let a4 = rows > 4 ? a3 + rowA : a3;
  let a5 = rows > 5 ? a4 + rowA : a4;
  let b0 = i32x4.splat(0), b1 = b0, x = b0;
  if (bias) b0 = v128.load(bias), b1 = v128.load(bias + other);
  let s00 = b0, s01 = b1, s10 = b0, s11 = b1, s20 = b0, s21 = b1, s30 = b0, s31 = b1, s40 = b0, s41 = b1, s50 = b0, s51 = b1;
  for (const end = b + <usize>k * ldb; b != end; b += ldb) {
    b0 = v128.load(b), b1 = v128.load(b + other);
    x = v128.load32_splat(a), s00 = madd(x, b0, s00), s01 = madd(x, b1, s01);
    x = v128.load32_splat(a1), s10 = madd(x, b0, s10), s11 = madd(x, b1, s11);
    x = v128.load32_splat(a2), s20 = madd(x, b0, s20), s21 = madd(x, b1, s21);
    x = v128.load32_splat(a3), s30 = madd(x, b0, s30), s31 = madd(x, b1, s31);
    x = v128.load32_splat(a4), s40 = madd(x, b0, s40), s41 = madd(x, b1, s41);
    x = v128.load32_splat(a5), s50 = madd(x, b0, s50), s51 = madd(x, b1, s51);
    a += stepA, a1 += stepA, a2 += stepA, a3 += stepA, a4 += stepA, a5 += stepA;
  }
  if (relu) {
    b0 = i32x4.splat(0);
    s00 = f32x4.pmax(s00, b0), s01 = f32x4.pmax(s01, b0);
    s10 = f32x4.pmax(s10, b0), s11 = f32x4.pmax(s11, b0);
    s20 = f32x4.pmax(s20, b0), s21 = f32x4.pmax(s21, b0);
    s30 = f32x4.pmax(s30, b0), s31 = f32x4.pmax(s31, b0);
    s40 = f32x4.pmax(s40, b0), s41 = f32x4.pmax(s41, b0);
    s50 = f32x4.pmax(s50, b0), s51 = f32x4.pmax(s51, b0);
  }
  v128.store(c, s00), v128.store(c + other, s01);
  v128.store(c1, s10), v128.store(c1 + other, s11);
  v128.store(c2, s20), v128.store(c2 + other, s21);
  v128.store(c3, s30), v128.store(c3 + other, s31);
  v128.store(c4, s40), v128.store(c4 + other, s41);
  v128.store(c5, s50), v128.store(c5 + other, s51);
}

/** 4 rows, 8 columns: 4 at b and 4 at b + other (the same distance in bias and C). Rows beyond the last repeat it, and store the same values. */
function small_4(c: usize, a: usize, b: usize, bias: usize, other: usize, rows: i32, k: i32, rowA: usize, stepA: usize, ldb: usize, ldc: usize, relu: i32): void {
  const c1 = rows > 1 ? c + ldc : c;
  const c2 = rows > 2 ? c1 + ldc : c1;
  const c3 = rows > 3 ? c2 + ldc : c2;
  let a1 = rows > 1 ? a + rowA : a;
  let a2 = rows > 2 ? a1 + rowA : a1;
  let a3 = rows > 3 ? a2 + rowA : a2;
  let b0 = i32x4.splat(0), b1 = b0, x = b0;
  if (bias) b0 = v128.load(bias), b1 = v128.load(bias + other);
  let s00 = b0, s01 = b1, s10 = b0, s11 = b1, s20 = b0, s21 = b1, s30 = b0, s31 = b1;
  for (const end = b + <usize>k * ldb; b != end; b += ldb) {
    b0 = v128.load(b), b1 = v128.load(b + other);
    x = v128.load32_splat(a), s00 = madd(x, b0, s00), s01 = madd(x, b1, s01);
    x = v128.load32_splat(a1), s10 = madd(x, b0, s10), s11 = madd(x, b1, s11);
    x = v128.load32_splat(a2), s20 = madd(x, b0, s20), s21 = madd(x, b1, s21);
    x = v128.load32_splat(a3), s30 = madd(x, b0, s30), s31 = madd(x, b1, s31);
    a += stepA, a1 += stepA, a2 += stepA, a3 += stepA;
  }
  if (relu) {
    b0 = i32x4.splat(0);
    s00 = f32x4.pmax(s00, b0), s01 = f32x4.pmax(s01, b0);
    s10 = f32x4.pmax(s10, b0), s11 = f32x4.pmax(s11, b0);
    s20 = f32x4.pmax(s20, b0), s21 = f32x4.pmax(s21, b0);
    s30 = f32x4.pmax(s30, b0), s31 = f32x4.pmax(s31, b0);
  }
  v128.store(c, s00), v128.store(c + other, s01);
  v128.store(c1, s10), v128.store(c1 + other, s11);
  v128.store(c2, s20), v128.store(c2 + other, s21);
  v128.store(c3, s30), v128.store(c3 + other, s31);
}

/**
 * 6 rows, 1 to 4 columns of B at b, b + columnB ..., which are `width` in number (lanes beyond repeat the last and are not stored).
 * B is taken lane by lane; where k runs along rows of A and of B (stepA = stepB = 4), 4 by 4 values are loaded and transposed.
 */
function small_lanes(c: usize, a: usize, b: usize, bias: usize, width: i32, rows: i32, k: i32, rowA: usize, stepA: usize, stepB: usize, columnB: usize, ldc: usize, relu: i32): void {
  const c1 = rows > 1 ? c + ldc : c;
  const c2 = rows > 2 ? c1 + ldc : c1;
  const c3 = rows > 3 ? c2 + ldc : c2;
  const c4 = rows > 4 ? c3 + ldc : c3;
  const c5 = rows > 5 ? c4 + ldc : c4;
  let a1 = rows > 1 ? a + rowA : a;
  let a2 = rows > 2 ? a1 + rowA : a1;
  let a3 = rows > 3 ? a2 + rowA : a2;
  let a4 = rows > 4 ? a3 + rowA : a3;
  let a5 = rows > 5 ? a4 + rowA : a4;
  let q1 = width > 1 ? b + columnB : b, q2 = width > 2 ? q1 + columnB : q1, q3 = width > 3 ? q2 + columnB : q2;
  let s = bias ? load_columns(bias, width) : i32x4.splat(0), x = s;
  let s1 = s, s2 = s, s3 = s, s4 = s, s5 = s;
  if (stepA == 4 && stepB == 4) {
    for (; k >= 4; k -= 4) {
      const v0 = v128.load(b), v1 = v128.load(q1), v2 = v128.load(q2), v3 = v128.load(q3);
      const l0 = i32x4.shuffle(v0, v1, 0, 4, 1, 5), h0 = i32x4.shuffle(v0, v1, 2, 6, 3, 7);
      const l1 = i32x4.shuffle(v2, v3, 0, 4, 1, 5), h1 = i32x4.shuffle(v2, v3, 2, 6, 3, 7);
      const w0 = i64x2.shuffle(l0, l1, 0, 2), w1 = i64x2.shuffle(l0, l1, 1, 3);
      const w2 = i64x2.shuffle(h0, h1, 0, 2), w3 = i64x2.shuffle(h0, h1, 1, 3);
      s = madd(v128.load32_splat(a), w0, s), s = madd(v128.load32_splat(a, 4), w1, s);
      s = madd(v128.load32_splat(a, 8), w2, s), s = madd(v128.load32_splat(a, 12), w3, s);
      s1 = madd(v128.load32_splat(a1), w0, s1), s1 = madd(v128.load32_splat(a1, 4), w1, s1);
      s1 = madd(v128.load32_splat(a1, 8), w2, s1), s1 = madd(v128.load32_splat(a1, 12), w3, s1);
      s2 = madd(v128.load32_splat(a2), w0, s2), s2 = madd(v128.load32_splat(a2, 4), w1, s2);
      s2 = madd(v128.load32_splat(a2, 8), w2, s2), s2 = madd(v128.load32_splat(a2, 12), w3, s2);
      s3 = madd(v128.load32_splat(a3), w0, s3), s3 = madd(v128.load32_splat(a3, 4), w1, s3);
      s3 = madd(v128.load32_splat(a3, 8), w2, s3), s3 = madd(v128.load32_splat(a3, 12), w3, s3);
      s4 = madd(v128.load32_splat(a4), w0, s4), s4 = madd(v128.load32_splat(a4, 4), w1, s4);
      s4 = madd(v128.load32_splat(a4, 8), w2, s4), s4 = madd(v128.load32_splat(a4, 12), w3, s4);
      s5 = madd(v128.load32_splat(a5), w0, s5), s5 = madd(v128.load32_splat(a5, 4), w1, s5);
      s5 = madd(v128.load32_splat(a5, 8), w2, s5), s5 = madd(v128.load32_splat(a5, 12), w3, s5);
      b += 16, q1 += 16, q2 += 16, q3 += 16, a += 16, a1 += 16, a2 += 16, a3 += 16, a4 += 16, a5 += 16;
    }
  }
  for (; k > 0; k--) {
    x = v128.load32_lane(q3, v128.load32_lane(q2, v128.load32_lane(q1, v128.load32_splat(b), 1), 2), 3);
    s = madd(v128.load32_splat(a), x, s);
    s1 = madd(v128.load32_splat(a1), x, s1);
    s2 = madd(v128.load32_splat(a2), x, s2);
    s3 = madd(v128.load32_splat(a3), x, s3);
    s4 = madd(v128.load32_splat(a4), x, s4);
    s5 = madd(v128.load32_splat(a5), x, s5);
    b += stepB, q1 += stepB, q2 += stepB, q3 += stepB, a += stepA, a1 += stepA, a2 += stepA, a3 += stepA, a4 += stepA, a5 += stepA;
  }
  if (relu) {
    x = i32x4.splat(0);
    s = f32x4.pmax(s, x), s1 = f32x4.pmax(s1, x), s2 = f32x4.pmax(s2, x), s3 = f32x4.pmax(s3, x), s4 = f32x4.pmax(s4, x), s5 = f32x4.pmax(s5, x);
  }
  store_columns(c, s, width), store_columns(c1, s1, width), store_columns(c2, s2, width);
  store_columns(c3, s3, width), store_columns(c4, s4, width), store_columns(c5, s5, width);
}

/** 1 row, 32 columns. */
function small_wide(c: usize, a: usize, b: usize, bias: usize, k: i32, stepA: usize, ldb: usize, relu: i32): void {
  let x = i32x4.splat(0);
  let s0 = x, s1 = x, s2 = x, s3 = x, s4 = x, s5 = x, s6 = x, s7 = x;
  if (bias) {
    s0 = v128.load(bias, 0), s1 = v128.load(bias, 16), s2 = v128.load(bias, 32), s3 = v128.load(bias, 48);
    s4 = v128.load(bias, 64), s5 = v128.load(bias, 80), s6 = v128.load(bias, 96), s7 = v128.load(bias, 112);
  }
  for (const end = b + <usize>k * ldb; b != end; b += ldb) {
    x = v128.load32_splat(a);
    s0 = madd(x, v128.load(b, 0), s0), s1 = madd(x, v128.load(b, 16), s1);
    s2 = madd(x, v128.load(b, 32), s2), s3 = madd(x, v128.load(b, 48), s3);
    s4 = madd(x, v128.load(b, 64), s4), s5 = madd(x, v128.load(b, 80), s5);
    s6 = madd(x, v128.load(b, 96), s6), s7 = madd(x, v128.load(b, 112), s7);
    a += stepA;
  }
  if (relu) {
    x = i32x4.splat(0);
    s0 = f32x4.pmax(s0, x), s1 = f32x4.pmax(s1, x), s2 = f32x4.pmax(s2, x), s3 = f32x4.pmax(s3, x);
    s4 = f32x4.pmax(s4, x), s5 = f32x4.pmax(s5, x), s6 = f32x4.pmax(s6, x), s7 = f32x4.pmax(s7, x);
  }
  v128.store(c, s0, 0), v128.store(c, s1, 16), v128.store(c, s2, 32), v128.store(c, s3, 48);
  v128.store(c, s4, 64), v128.store(c, s5, 80), v128.store(c, s6, 96), v128.store(c, s7, 112);
}

/** A's element (i, j) lies at a + i * rowA + j * stepA, B is [k, n]; all strides in bytes. */
function small(c: usize, a: usize, b: usize, bias: usize, m: i32, n: i32, k: i32, rowA: usize, stepA: usize, ldb: usize, ldc: usize, relu: i32): void {
  if (m == 1) {
    for (; n >= 32; n -= 32) {
      small_wide(c, a, b, bias, k, stepA, ldb, relu);
      c += 128, b += 128, bias += bias ? 128 : 0;
    }
    if (!n) return;
  }
  const other: usize = n < 8 ? <usize>(n - 4) << 2 : 16;
  for (let i = 0; i < m;) {
    const rows = m - i, six = n < 4 || rows == 5 || rows == 6 || rows > 8;
    if (n < 4) small_lanes(c, a, b, bias, n, rows, k, rowA, stepA, ldb, 4, ldc, relu);
    else {
      for (let j = 0;;) {
        const q = <usize>j << 2, d = bias ? bias + q : 0;
        if (six) small_6(c + q, a, b + q, d, other, rows, k, rowA, stepA, ldb, ldc, relu);
        else small_4(c + q, a, b + q, d, other, rows, k, rowA, stepA, ldb, ldc, relu);
        if (j + 8 >= n) break;
        j = min(j + 8, n - 8);
      }
    }
    const step = six ? 6 : 4;
    i += step, a += <usize>step * rowA, c += <usize>step * ldc;
  }
}

/**
 * C[m, n] = A[m, k] . B[k, n] (+ bias over rows). Split by rows of A and C, or by columns of B and C.
 *
 * @param c written: rows(m, n, ldc)
 * @param a read: rows(m, k, lda)
 * @param b read: rows(k, n, ldb)
 * @param bias read: n, optional
 * @param m count >= 0
 * @param n count >= 1
 * @param k count >= 0
 * @param lda count >= k
 * @param ldb count >= n
 * @param ldc count >= n
 */
export function matmul_small_n(c: usize, a: usize, b: usize, bias: usize, m: i32, n: i32, k: i32, lda: i32, ldb: i32, ldc: i32): void {
  small(c, a, b, bias, m, n, k, <usize>lda << 2, 4, <usize>ldb << 2, <usize>ldc << 2, 0);
}

/**
 * As matmul_small_n, then negative values become 0 (NaN and -0 stay).
 *
 * @param c written: rows(m, n, ldc)
 * @param a read: rows(m, k, lda)
 * @param b read: rows(k, n, ldb)
 * @param bias read: n, optional
 * @param m count >= 0
 * @param n count >= 1
 * @param k count >= 0
 * @param lda count >= k
 * @param ldb count >= n
 * @param ldc count >= n
 */
export function matmul_small_n_relu(c: usize, a: usize, b: usize, bias: usize, m: i32, n: i32, k: i32, lda: i32, ldb: i32, ldc: i32): void {
  small(c, a, b, bias, m, n, k, <usize>lda << 2, 4, <usize>ldb << 2, <usize>ldc << 2, 1);
}

/**
 * As matmul_small_n with A stored transposed, [k, m].
 *
 * @param c written: rows(m, n, ldc)
 * @param a read: rows(k, m, lda)
 * @param b read: rows(k, n, ldb)
 * @param bias read: n, optional
 * @param m count >= 0
 * @param n count >= 1
 * @param k count >= 0
 * @param lda count >= m
 * @param ldb count >= n
 * @param ldc count >= n
 */
export function matmul_small_t(c: usize, a: usize, b: usize, bias: usize, m: i32, n: i32, k: i32, lda: i32, ldb: i32, ldc: i32): void {
  small(c, a, b, bias, m, n, k, 4, <usize>lda << 2, <usize>ldb << 2, <usize>ldc << 2, 0);
}

/**
 * As matmul_small_n with B stored transposed, [n, k].
 *
 * @param c written: rows(m, n, ldc)
 * @param a read: rows(m, k, lda)
 * @param b read: rows(n, k, ldb)
 * @param bias read: n, optional
 * @param m count >= 0
 * @param n count >= 0
 * @param k count >= 0
 * @param lda count >= k
 * @param ldb count >= k
 * @param ldc count >= n
 */
export function matmul_small_nt(c: usize, a: usize, b: usize, bias: usize, m: i32, n: i32, k: i32, lda: i32, ldb: i32, ldc: i32): void {
  const rowA = <usize>lda << 2, rowB = <usize>ldb << 2, rowC = <usize>ldc << 2;
  for (let i = 0; i < m; i += 6) {
    const ai = a + <usize>i * rowA, ci = c + <usize>i * rowC;
    for (let j = 0; j < n; j += 4) {
      const q = <usize>j << 2;
      small_lanes(ci + q, ai, b + <usize>j * rowB, bias ? bias + q : 0, min(n - j, 4), m - i, k, rowA, 4, 4, rowB, rowC, 0);
    }
  }
}
