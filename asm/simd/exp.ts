import { coefficient } from "./coefficient";
import { madd, nmadd } from "./madd";

// 0-4: the polynomial; 5: log2(e); 6, 7: ln(2) in two parts, the first of 10 bits so that n times it is exact;
// 8: 1.5 * 2^23 + 254, which rounds to an integer; 9, 10: bounds beyond which the result is inf or 0; 11: one.
const EXP = memory.data<f32>([
  0.4999999403953552, 0.1666652113199234, 0.04166826605796814, 0.008368677459657192, 0.001382073387503624,
  1.4426950408889634, 0.693359375, -2.1219444005469057e-4, 12583166, 89, -105, 1,
]);

/**
 * exp(x), four lanes.
 *
 * `n = round(x / ln 2)`, `r = x - n ln 2`, `exp(x) = 2^n (1 + r + r² q(r))`, q a minimax polynomial of degree 4
 * (tools/fit_polynomials.py). The scale is applied in two halves, so that subnormal results are rounded once.
 *
 * Special values: exp(-inf) = 0, exp(±0) = 1, exp(inf) = inf, NaN gives NaN.
 * Largest error measured over every third float: fast 1.05 ulp, portable 1.01 ulp (bound 2.5).
 */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const bounded = f32x4.pmax(f32x4.pmin(x, coefficient(EXP, 9)), coefficient(EXP, 10));
  const shifted = madd(bounded, coefficient(EXP, 5), coefficient(EXP, 8));
  const n = f32x4.sub(shifted, coefficient(EXP, 8));
  const r = nmadd(n, coefficient(EXP, 7), nmadd(n, coefficient(EXP, 6), bounded));
  const square = f32x4.mul(r, r);
  const odd = madd(coefficient(EXP, 3), square, coefficient(EXP, 1));
  const even = madd(madd(coefficient(EXP, 4), square, coefficient(EXP, 2)), square, coefficient(EXP, 0));
  const q = madd(odd, r, even);
  const p = f32x4.add(madd(square, q, r), coefficient(EXP, 11));
  // The low bits of `shifted` are n + 254: two exponent fields that add up to n.
  const first = i32x4.shr_s(shifted, 1);
  const second = i32x4.sub(shifted, first);
  return f32x4.mul(f32x4.mul(p, i32x4.shl(first, 23)), i32x4.shl(second, 23));
}
