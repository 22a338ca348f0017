import { coefficient } from "./coefficient";
import { madd, nmadd } from "./madd";

// 0-4: the polynomial; 5: log2(e); 6, 7: ln(2) in two parts, the first of 10 bits so that n times it is exact;
// 8: 1.5 * 2^23 + 126, which rounds to an integer; 9: one half.
const HALF_EXPM1 = memory.data<f32>([
  0.4999999701976776, 0.1666654646396637, 0.04166743531823158, 0.00836626160889864, 0.0013870657421648502,
  1.4426950408889634, 0.693359375, -2.1219444005469057e-4, 12583038, 0.5,
]);

/**
 * (exp(x) - 1) / 2 for -30 <= x <= 89, four lanes: what expm1 and tanh share. NaN gives NaN; -0 gives +0.
 *
 * `n = round(x / ln 2)`, `r + c = x - n ln 2`, `p = r + (r² q(r) + c)`, result `2^(n-1) p + (2^(n-1) - 1/2)`. Half of
 * the function, because 2^n itself overflows just below the largest x. c is what r lost by rounding.
 */
// @ts-ignore: decorator
@inline
export function halfExpm1(x: v128): v128 {
  const shifted = madd(x, coefficient(HALF_EXPM1, 5), coefficient(HALF_EXPM1, 8));
  const n = f32x4.sub(shifted, coefficient(HALF_EXPM1, 8));
  const wide = nmadd(n, coefficient(HALF_EXPM1, 6), x);
  const r = nmadd(n, coefficient(HALF_EXPM1, 7), wide);
  const c = nmadd(coefficient(HALF_EXPM1, 7), n, f32x4.sub(wide, r)); // in this order it is no product that is known: each is fused
  const square = f32x4.mul(r, r);
  const odd = madd(coefficient(HALF_EXPM1, 3), square, coefficient(HALF_EXPM1, 1));
  let even = madd(coefficient(HALF_EXPM1, 4), square, coefficient(HALF_EXPM1, 2));
  even = madd(even, square, coefficient(HALF_EXPM1, 0));
  const q = madd(odd, r, even);
  const p = f32x4.add(r, madd(square, q, c));
  const scale = i32x4.shl(shifted, 23);
  return madd(scale, p, f32x4.sub(scale, coefficient(HALF_EXPM1, 9)));
}
