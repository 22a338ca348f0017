// Elementwise kernels of a number and an array. They run over whole vectors: the padding behind n elements is written too.

/**
 * y = value
 *
 * @param y written: n, whole vectors
 * @param value scalar
 * @param n count >= 0
 * @edge blocks
 */
export function fill_forward(y: usize, value: f32, n: i32): void {
  const v = f32x4.splat(value);
  const end = y + ((<usize>((n + 3) >> 2)) << 4);
  for (; y < end; y += 16) v128.store(y, v);
}

/**
 * y = x
 *
 * @param y written: n, whole vectors, may be x
 * @param x read: n
 * @param n count >= 0
 */
export function copy_forward(y: usize, x: usize, n: i32): void {
  memory.copy(y, x, (<usize>((n + 3) >> 2)) << 4);
}

/**
 * y = x · factor. y may be x.
 *
 * @param y written: n, whole vectors, may be x
 * @param x read: n
 * @param factor scalar
 * @param n count >= 0
 */
export function scale_forward(y: usize, x: usize, factor: f32, n: i32): void {
  const v = f32x4.splat(factor);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) v128.store(y + i, f32x4.mul(v128.load(x + i), v));
}

/**
 * y = x · s[0]. y may be x.
 *
 * @param y written: n, whole vectors, may be x
 * @param x read: n
 * @param s read: 1
 * @param n count >= 0
 * @edge blocks
 */
export function scale_by_forward(y: usize, x: usize, s: usize, n: i32): void {
  const v = v128.load32_splat(s);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) v128.store(y + i, f32x4.mul(v128.load(x + i), v));
}
