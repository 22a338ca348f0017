import { transpose_4 } from "../simd/transpose_4";

/** The lanes `at` of v0 .. v3 as one vector. */
// @ts-ignore: decorator
@inline
function lanes(v0: v128, v1: v128, v2: v128, v3: v128, at: i32): v128 {
  if (at == 0) return i64x2.shuffle(i32x4.shuffle(v0, v1, 0, 4, 1, 5), i32x4.shuffle(v2, v3, 0, 4, 1, 5), 0, 2);
  if (at == 1) return i64x2.shuffle(i32x4.shuffle(v0, v1, 0, 4, 1, 5), i32x4.shuffle(v2, v3, 0, 4, 1, 5), 1, 3);
  return i64x2.shuffle(i32x4.shuffle(v0, v1, 2, 6, 3, 7), i32x4.shuffle(v2, v3, 2, 6, 3, 7), 0, 2);
}

/** Puts `n` elements of each of 5 rows into a strip [n, 5] at p. Up to 3 elements behind a row are read. */
export function copy_5(p: usize, a0: usize, a1: usize, a2: usize, a3: usize, a4: usize, n: i32): void {
  for (; n >= 4; n -= 4) {
    transpose_4(p, 20, a0, a1, a2, a3);
    const v = v128.load(a4);
    v128.store32_lane(p, v, 0, 16), v128.store32_lane(p, v, 1, 36), v128.store32_lane(p, v, 2, 56), v128.store32_lane(p, v, 3, 76);
    p += 80, a0 += 16, a1 += 16, a2 += 16, a3 += 16, a4 += 16;
  }
  if (n == 0) return;
  const v0 = v128.load(a0), v1 = v128.load(a1), v2 = v128.load(a2), v3 = v128.load(a3), v = v128.load(a4);
  v128.store(p, lanes(v0, v1, v2, v3, 0)), v128.store32_lane(p, v, 0, 16);
  if (n > 1) v128.store(p, lanes(v0, v1, v2, v3, 1), 20), v128.store32_lane(p, v, 1, 36);
  if (n > 2) v128.store(p, lanes(v0, v1, v2, v3, 2), 40), v128.store32_lane(p, v, 2, 56);
}

/** As copy_5 for 4 rows and a strip [n, 4]. */
export function copy_4(p: usize, a0: usize, a1: usize, a2: usize, a3: usize, n: i32): void {
  for (; n >= 4; n -= 4) {
    transpose_4(p, 16, a0, a1, a2, a3);
    p += 64, a0 += 16, a1 += 16, a2 += 16, a3 += 16;
  }
  if (n == 0) return;
  const v0 = v128.load(a0), v1 = v128.load(a1), v2 = v128.load(a2), v3 = v128.load(a3);
  v128.store(p, lanes(v0, v1, v2, v3, 0));
  if (n > 1) v128.store(p, lanes(v0, v1, v2, v3, 1), 16);
  if (n > 2) v128.store(p, lanes(v0, v1, v2, v3, 2), 32);
}

/** As copy_5 (or copy_4, where `size` is 4) for rows that begin one element after each other. */
export function copy_shifted(p: usize, a: usize, n: i32, size: i32): void {
  if (size == 5) {
    for (const end = a + (<usize>n << 2); a < end; a += 4, p += 20) v128.store(p, v128.load(a)), store<f32>(p, load<f32>(a, 16), 16);
  } else {
    for (const end = a + (<usize>n << 2); a < end; a += 4, p += 16) v128.store(p, v128.load(a));
  }
}
