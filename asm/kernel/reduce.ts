// Sums over a whole tensor, in a fixed order: one thread computes them. Up to 12 bytes behind an array are read and ignored.
import { spanDot, spanSum } from "../simd/span_sum";

/** y = Σ x */
export function sum_all_forward(y: usize, x: usize, n: i32): void {
  store<f32>(y, <f32>spanSum(x, n));
}

/** y = Σ x·w */
export function weighted_sum_forward(y: usize, x: usize, w: usize, n: i32): void {
  store<f32>(y, <f32>spanDot(x, w, n));
}
