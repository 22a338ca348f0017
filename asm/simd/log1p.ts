import { coefficient } from "./coefficient";
import { combineLog } from "./combine_log";
import { madd } from "./madd";
import { select } from "./select";

// 0: sqrt(1/2); 1: one; 2: the sign bit; 3: infinity; 4: zero; 5: -infinity.
const LOG1P = memory.data<f32>([0.7071067690849304, 1, -0.0, Infinity, 0, -Infinity]);

/**
 * log1p(x) = log(1 + x), four lanes, accurate for small x.
 *
 * `u = 1 + x` rounded, `c = x - (u - 1)` what the rounding lost, `u = 2^k m`; then `f = (m - 1) + 2^-k c` goes to
 * combine_log.ts. With k = 0 that f is x itself. 2^-k is taken as 0 when k = 128, where c is 0.
 *
 * Special values: log1p(±0) = ±0, log1p(-1) = -inf, log1p(inf) = inf, subnormal x gives x, x < -1 and NaN give NaN.
 * Largest error measured over every third float: fast 1.42 ulp, portable 1.42 ulp (bound 2.5).
 */
// @ts-ignore: decorator
@inline
export function log1p(x: v128): v128 {
  const one = coefficient(LOG1P, 1);
  const zero = coefficient(LOG1P, 4);
  const u = f32x4.add(x, one);
  const c = f32x4.sub(x, f32x4.sub(u, one));
  const exponent = i32x4.shr_s(i32x4.sub(u, coefficient(LOG1P, 0)), 23);
  const shift = i32x4.shl(exponent, 23);
  const scale = i32x4.max_s(i32x4.sub(one, shift), zero);
  const f = madd(c, scale, f32x4.sub(i32x4.sub(u, shift), one));
  let y = combineLog(f, f32x4.convert_i32x4_s(exponent));
  y = select(f32x4.lt(x, coefficient(LOG1P, 3)), y, x);
  y = select(f32x4.eq(u, zero), coefficient(LOG1P, 5), y);
  y = v128.or(y, f32x4.lt(u, zero));
  return v128.or(y, v128.and(x, coefficient(LOG1P, 2)));
}
