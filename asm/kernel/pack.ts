/**
 * Packing of the operands for matmul.ts.
 *
 * B: panels of 8 columns, each panel [k, 8] without gaps (32 * k bytes), columns beyond n are 0. Shares are cut between panels: a share
 * that starts at column j (a multiple of 8) gets packed + 4 * k * j, and b + 4 * j for pack_n or b + 4 * j * ldb for pack_t.
 *
 * A: strips of 5 rows, then of 4 (`stripsOf5` says how many), each [k, 5] or [k, 4] without gaps; where the last strip has too few rows, its
 * last row stands in for them. Strips of a share are its own: rows i, i + 1 ... are packed as a matrix of their own.
 *
 * packed is aligned to 16 bytes (strips: to 4) and does not overlap the source; lda and ldb are row strides of the source in elements.
 */
import { stripsOf5 } from "../simd/strips_of_5";
import { transpose_4 } from "../simd/transpose_4";

/**
 * Packs B[k, n]. Whole panels are copied by vectors; the last few columns lane by lane, and no byte beyond a row is read.
 *
 * @param packed written: k * up(n, 8)
 * @param b read: rows(k, n, ldb)
 * @param k count >= 0
 * @param n count >= 0
 * @param ldb count >= n
 */
export function pack_n(packed: usize, b: usize, k: i32, n: i32, ldb: i32): void {
  const row = <usize>ldb << 2, panel = <usize>k << 5, full = n & ~7;
  // By 16 panels and 4 rows: B is read in runs of 512 bytes, panels are written in runs of 128, and few pages are open at once.
  for (let j0 = 0; j0 < full; j0 += 128) {
    const count = min(full - j0, 128);
    let p0 = packed + <usize>(j0 >> 3) * panel, q0 = b + (<usize>j0 << 2), i = 0;
    for (; i + 4 <= k; i += 4) {
      let p = p0, b0 = q0, b1 = b0 + row, b2 = b1 + row, b3 = b2 + row;
      p0 += 128, q0 = b3 + row;
      for (let j = 0; j < count; j += 8) {
        v128.store(p, v128.load(b0)), v128.store(p, v128.load(b0, 16), 16);
        v128.store(p, v128.load(b1), 32), v128.store(p, v128.load(b1, 16), 48);
        v128.store(p, v128.load(b2), 64), v128.store(p, v128.load(b2, 16), 80);
        v128.store(p, v128.load(b3), 96), v128.store(p, v128.load(b3, 16), 112);
        p += panel, b0 += 32, b1 += 32, b2 += 32, b3 += 32;
      }
    }
    for (; i < k; i++) {
      let p = p0, b0 = q0;
      p0 += 32, q0 += row;
      for (let j = 0; j < count; j += 8) {
        v128.store(p, v128.load(b0)), v128.store(p, v128.load(b0, 16), 16);
        p += panel, b0 += 32;
      }
    }
  }
  if (full == n) return;
  const width = <usize>(n - full) << 2;
  let p = packed + <usize>(full >> 3) * panel, q = b + (<usize>full << 2);
  for (let i = 0; i < k; i++) {
    v128.store(p, i32x4.splat(0)), v128.store(p, i32x4.splat(0), 16);
    for (let j: usize = 0; j < width; j += 4) store<f32>(p + j, load<f32>(q + j));
    p += 32, q += row;
  }
}

/**
 * Packs the transpose of B[n, k]: the panels that pack_n makes of a B[k, n].
 *
 * @param packed written: k * up(n, 8)
 * @param b read: rows(n, k, ldb)
 * @param k count >= 0
 * @param n count >= 0
 * @param ldb count >= k
 */
export function pack_t(packed: usize, b: usize, k: i32, n: i32, ldb: i32): void {
  const row = <usize>ldb << 2, full = n & ~7, k4 = k & ~3;
  let p = packed;
  for (let j = 0; j < full; j += 8) {
    let b0 = b + <usize>j * row, b1 = b0 + row, b2 = b1 + row, b3 = b2 + row;
    let b4 = b3 + row, b5 = b4 + row, b6 = b5 + row, b7 = b6 + row;
    for (let i = 0; i < k4; i += 4) {
      transpose_4(p, 32, b0, b1, b2, b3);
      transpose_4(p + 16, 32, b4, b5, b6, b7);
      p += 128, b0 += 16, b1 += 16, b2 += 16, b3 += 16, b4 += 16, b5 += 16, b6 += 16, b7 += 16;
    }
    for (let i = k4; i < k; i++) {
      store<f32>(p, load<f32>(b0)), store<f32>(p, load<f32>(b1), 4), store<f32>(p, load<f32>(b2), 8), store<f32>(p, load<f32>(b3), 12);
      store<f32>(p, load<f32>(b4), 16), store<f32>(p, load<f32>(b5), 20), store<f32>(p, load<f32>(b6), 24), store<f32>(p, load<f32>(b7), 28);
      p += 32, b0 += 4, b1 += 4, b2 += 4, b3 += 4, b4 += 4, b5 += 4, b6 += 4, b7 += 4;
    }
  }
  if (full == n) return;
  const width = n - full;
  let q = b + <usize>full * row;
  for (let i = 0; i < k; i++) {
    v128.store(p, i32x4.splat(0)), v128.store(p, i32x4.splat(0), 16);
    let s = q;
    for (let j = 0; j < width; j++) store<f32>(p + (<usize>j << 2), load<f32>(s)), s += row;
    p += 32, q += 4;
  }
}

/**
 * Packs A[m, k].
 *
 * @param packed written: strips(m) * k
 * @param a read: rows(m, k, lda)
 * @param m count >= 0
 * @param k count >= 0
 * @param lda count >= k
 */
export function pack_rows(packed: usize, a: usize, m: i32, k: i32, lda: i32): void {
  const row = <usize>lda << 2, k4 = k & ~3;
  let p = packed, i = 0;
  for (const end = 5 * stripsOf5(m); i < end; i += 5) {
    let a0 = a, a1 = a0 + row, a2 = a1 + row, a3 = a2 + row, a4 = a3 + row;
    a = a4 + row;
    for (let j = 0; j < k4; j += 4) {
      transpose_4(p, 20, a0, a1, a2, a3);
      const v = v128.load(a4);
      v128.store32_lane(p, v, 0, 16), v128.store32_lane(p, v, 1, 36), v128.store32_lane(p, v, 2, 56), v128.store32_lane(p, v, 3, 76);
      p += 80, a0 += 16, a1 += 16, a2 += 16, a3 += 16, a4 += 16;
    }
    for (let j = k4; j < k; j++) {
      store<f32>(p, load<f32>(a0)), store<f32>(p, load<f32>(a1), 4), store<f32>(p, load<f32>(a2), 8), store<f32>(p, load<f32>(a3), 12);
      store<f32>(p, load<f32>(a4), 16);
      p += 20, a0 += 4, a1 += 4, a2 += 4, a3 += 4, a4 += 4;
    }
  }
  for (; i < m; i += 4) {
    let a0 = a, a1 = m - i > 1 ? a0 + row : a0, a2 = m - i > 2 ? a1 + row : a1, a3 = m - i > 3 ? a2 + row : a2;
    a = a3 + row;
    for (let j = 0; j < k4; j += 4) {
      transpose_4(p, 16, a0, a1, a2, a3);
      p += 64, a0 += 16, a1 += 16, a2 += 16, a3 += 16;
    }
    for (let j = k4; j < k; j++) {
      store<f32>(p, load<f32>(a0)), store<f32>(p, load<f32>(a1), 4), store<f32>(p, load<f32>(a2), 8), store<f32>(p, load<f32>(a3), 12);
      p += 16, a0 += 4, a1 += 4, a2 += 4, a3 += 4;
    }
  }
}

/**
 * Packs the transpose of A[k, m]: the strips that pack_rows makes of an A[m, k].
 *
 * @param packed written: strips(m) * k
 * @param a read: rows(k, m, lda)
 * @param m count >= 0
 * @param k count >= 0
 * @param lda count >= m
 */
export function pack_columns(packed: usize, a: usize, m: i32, k: i32, lda: i32): void {
  const row = <usize>lda << 2, count5 = stripsOf5(m), count4 = (m - 5 * count5) >> 2, width = (m - 5 * count5) & 3;
  const strip5 = <usize>k * 20, strip4 = <usize>k << 4;
  const fours = packed + <usize>count5 * strip5, last = fours + <usize>count4 * strip4;
  // By 4 rows: A is read in runs, strips are written in runs of 64 bytes and more, and few pages are open at once.
  for (let l = 0; l < k; l += 4) {
    const end = min(l + 4, k);
    let q0 = a + <usize>l * row, p0 = packed + <usize>l * 20;
    for (let s = 0; s < count5; s++) {
      let q = q0, p = p0;
      for (let i = l; i < end; i++) {
        v128.store(p, v128.load(q)), store<f32>(p, load<f32>(q, 16), 16);
        p += 20, q += row;
      }
      q0 += 20, p0 += strip5;
    }
    p0 = fours + (<usize>l << 4);
    for (let s = 0; s < count4; s++) {
      let q = q0, p = p0;
      for (let i = l; i < end; i++) {
        v128.store(p, v128.load(q));
        p += 16, q += row;
      }
      q0 += 16, p0 += strip4;
    }
    if (width == 0) continue;
    let q = q0, p = last + (<usize>l << 4);
    for (let i = l; i < end; i++) {
      for (let j = 0; j < 4; j++) store<f32>(p + (<usize>j << 2), load<f32>(q + (<usize>min(j, width - 1) << 2)));
      p += 16, q += row;
    }
  }
}
