/**
 * Packing of B for matmul.ts: panels of 8 columns, each panel [k, 8] without gaps (32 * k bytes), columns beyond n are 0.
 *
 * Shares are cut between panels: a share that starts at column j (a multiple of 8) gets packed + 4 * k * j, and b + 4 * j for pack_n
 * or b + 4 * j * ldb for pack_t. packed is aligned to 16 bytes and does not overlap B; ldb is the row stride of B in elements.
 */

/** Packs B[k, n]. Whole panels are copied by vectors; the last few columns lane by lane, and no byte beyond a row is read. */
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

/** Transposes 4 rows of 4 values at b0 .. b3 into the 4 half rows at p, p + 32, p + 64, p + 96. */
@inline
function transpose_4(p: usize, b0: usize, b1: usize, b2: usize, b3: usize): void {
  const v0 = v128.load(b0), v1 = v128.load(b1), v2 = v128.load(b2), v3 = v128.load(b3);
  const l0 = i32x4.shuffle(v0, v1, 0, 4, 1, 5), h0 = i32x4.shuffle(v0, v1, 2, 6, 3, 7);
  const l1 = i32x4.shuffle(v2, v3, 0, 4, 1, 5), h1 = i32x4.shuffle(v2, v3, 2, 6, 3, 7);
  v128.store(p, i64x2.shuffle(l0, l1, 0, 2)), v128.store(p, i64x2.shuffle(l0, l1, 1, 3), 32);
  v128.store(p, i64x2.shuffle(h0, h1, 0, 2), 64), v128.store(p, i64x2.shuffle(h0, h1, 1, 3), 96);
}

/** Packs the transpose of B[n, k]: the panels that pack_n makes of a B[k, n]. */
export function pack_t(packed: usize, b: usize, k: i32, n: i32, ldb: i32): void {
  const row = <usize>ldb << 2, full = n & ~7, k4 = k & ~3;
  let p = packed;
  for (let j = 0; j < full; j += 8) {
    let b0 = b + <usize>j * row, b1 = b0 + row, b2 = b1 + row, b3 = b2 + row;
    let b4 = b3 + row, b5 = b4 + row, b6 = b5 + row, b7 = b6 + row;
    for (let i = 0; i < k4; i += 4) {
      transpose_4(p, b0, b1, b2, b3);
      transpose_4(p + 16, b4, b5, b6, b7);
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
