// Norms of gradients, for clipping. Every variable's squares are added up in blocks of 4096 elements, and these in order, so that
// the norm does not depend on how the work is cut. Up to 12 bytes behind an array are read and ignored.
import { spanSquares } from "../simd/span_sum";

/** Elements whose squares make one partial sum. @shared SQUARES_BLOCK */
// @ts-ignore: decorator
@inline const BLOCK: i32 = 4096;

/**
 * partials[b] = Σ x² over the 4096 elements of block b, for `blocks` blocks; the array x is the one that begins `begin` elements
 * before, and has n elements in all. Partials are float64: rounded to float32 where it holds them, else as they are.
 *
 * @param partials written: 2 * blocks
 * @param x read: min(BLOCK * blocks, n - begin)
 * @param blocks count 0 .. ceil(n - begin, BLOCK)
 * @param begin count 0 .. n
 * @param n count >= 0
 */
export function sum_squares_blocks(partials: usize, x: usize, blocks: i32, begin: i32, n: i32): void {
  let left = n - begin;
  for (let b = 0; b < blocks; b++) {
    const sum = spanSquares(x, min(BLOCK, left));
    const single = <f32>sum;
    store<f64>(partials, single - single == 0 ? <f64>single : sum);
    partials += 8;
    x += <usize>BLOCK << 2;
    left -= BLOCK;
  }
}

/**
 * factor[0] = limit / max(√Σ partials, limit); NaN if the sum is not finite, so that a bad gradient is not hidden.
 *
 * @param factor written: 1
 * @param partials read: 2 * blocks
 * @param limit scalar
 * @param blocks count >= 0
 */
export function clip_factor_forward(factor: usize, partials: usize, limit: f32, blocks: i32): void {
  let sum: f64 = 0;
  for (let b = 0; b < blocks; b++) sum += load<f64>(partials + (<usize>b << 3));
  const norm = Math.sqrt(sum);
  store<f32>(factor, <f32>(<f64>limit / max(norm, <f64>limit) + (norm - norm)));
}

/**
 * y = √Σ partials: the norm of what they are the squares of.
 *
 * @param y written: 1
 * @param partials read: 2 * blocks
 * @param blocks count >= 0
 */
export function norm_of_blocks(y: usize, partials: usize, blocks: i32): void {
  let sum: f64 = 0;
  for (let b = 0; b < blocks; b++) sum += load<f64>(partials + (<usize>b << 3));
  store<f32>(y, <f32>Math.sqrt(sum));
}
