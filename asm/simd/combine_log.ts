import { coefficient } from "./coefficient";
import { madd, nmadd } from "./madd";

// 0-7: the polynomial; 8, 9: ln(2) in two parts, the first of 10 bits so that k times it is exact; 10: one half.
const COMBINE_LOG = memory.data<f32>([
  0.3333333134651184, -0.250008225440979, 0.20001250505447388, -0.1662331521511078, 0.14201273024082184,
  -0.13160189986228943, 0.12764766812324524, -0.07638195902109146, 0.693359375, -2.1219444005469057e-4, 0.5,
]);

/**
 * k ln 2 + log(1 + f), four lanes, for sqrt(1/2) <= 1 + f < sqrt(2): what log and log1p share.
 *
 * `log(1 + f) = f - f² / 2 + f³ q(f)`, q a minimax polynomial of degree 7 (tools/fit_polynomials.py). Small terms are
 * added first. k holds integers.
 */
// @ts-ignore: decorator
@inline
export function combineLog(f: v128, k: v128): v128 {
  const square = f32x4.mul(f, f);
  let odd = madd(coefficient(COMBINE_LOG, 7), square, coefficient(COMBINE_LOG, 5));
  odd = madd(odd, square, coefficient(COMBINE_LOG, 3));
  odd = madd(odd, square, coefficient(COMBINE_LOG, 1));
  let even = madd(coefficient(COMBINE_LOG, 6), square, coefficient(COMBINE_LOG, 4));
  even = madd(even, square, coefficient(COMBINE_LOG, 2));
  even = madd(even, square, coefficient(COMBINE_LOG, 0));
  const q = madd(odd, f, even);
  let small = madd(f32x4.mul(square, f), q, f32x4.mul(k, coefficient(COMBINE_LOG, 9)));
  small = nmadd(square, coefficient(COMBINE_LOG, 10), small);
  return madd(k, coefficient(COMBINE_LOG, 8), f32x4.add(f, small));
}
