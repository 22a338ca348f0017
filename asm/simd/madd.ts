/**
 * Multiply and add, four lanes: `a * b + c`.
 *
 * The fast build rounds once (a fused instruction where the machine has one); the portable build rounds the product,
 * then the sum, so that every machine gives the same bits. The choice is made when the module is compiled.
 */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/**
 * Multiply and subtract from, four lanes: `c - a * b`. Rounds as `madd` does.
 */
// @ts-ignore: decorator
@inline
export function nmadd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_nmadd(a, b, c);
  return f32x4.sub(c, f32x4.mul(a, b));
}
