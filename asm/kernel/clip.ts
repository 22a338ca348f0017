// Norms of gradients, for clipping. Every variable's squares are added up in blocks of 4096 elements, and these in order, so that
// the norm does not depend on how the work is cut. Up to 12 bytes behind an array are read and ignored.
import { spanDot } from "../simd/span_sum";

/** Elements whose squares make one partial sum; the lowering cuts by it too. */
// @ts-ignore: decorator
@inline const BLOCK: i32 = 4096;

/**
 * partials[b] = Σ x² over the 4096 elements of block b, for `blocks` blocks; the array x is the one that begins `begin` elements
 * before, and has n elements in all.
 */
export function sum_squares_blocks(partials: usize, x: usize, blocks: i32, begin: i32, n: i32): void {
  let left = n - begin;
  for (let b = 0; b < blocks; b++) {
    store<f32>(partials, <f32>spanDot(x, x, min(BLOCK, left)));
    partials += 4;
    x += <usize>BLOCK << 2;
    left -= BLOCK;
  }
}

/** factor[0] = limit / max(√Σ partials, limit); NaN if the sum is not finite, so that a bad gradient is not hidden. */
export function clip_factor_forward(factor: usize, partials: usize, limit: f32, blocks: i32): void {
  let sum: f64 = 0;
  for (let b = 0; b < blocks; b++) sum += <f64>load<f32>(partials + (<usize>b << 2));
  const norm = Math.sqrt(sum);
  store<f32>(factor, <f32>(<f64>limit / max(norm, <f64>limit) + (norm - norm)));
}
