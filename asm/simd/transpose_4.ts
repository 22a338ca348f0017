/** Transposes 4 rows of 4 values at b0 .. b3 into the 4 rows at p, p + step, p + 2 * step, p + 3 * step. */
// @ts-ignore: decorator
@inline
export function transpose_4(p: usize, step: usize, b0: usize, b1: usize, b2: usize, b3: usize): void {
  const v0 = v128.load(b0), v1 = v128.load(b1), v2 = v128.load(b2), v3 = v128.load(b3);
  const l0 = i32x4.shuffle(v0, v1, 0, 4, 1, 5), h0 = i32x4.shuffle(v0, v1, 2, 6, 3, 7);
  const l1 = i32x4.shuffle(v2, v3, 0, 4, 1, 5), h1 = i32x4.shuffle(v2, v3, 2, 6, 3, 7);
  v128.store(p, i64x2.shuffle(l0, l1, 0, 2)), v128.store(p + step, i64x2.shuffle(l0, l1, 1, 3));
  v128.store(p + 2 * step, i64x2.shuffle(h0, h1, 0, 2)), v128.store(p + 3 * step, i64x2.shuffle(h0, h1, 1, 3));
}
