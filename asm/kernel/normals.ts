// Many normal numbers fast, as a function of (seed, stream, step, element): what noise_forward draws to the last bit of float64 serves layers;
// members of a population need a hundred times as many. Elements 16k to 16k + 15 are made of the Philox 4x32-10 blocks 4k to 4k + 3: of two
// blocks the words 0 and 2 give four radii, the words 1 and 3 four angles, by Box and Muller's formula in float32.
import { coefficient } from "../simd/coefficient";
import { combineLog } from "../simd/combine_log";
import { madd } from "../simd/madd";
import {
  PHILOX_ROUNDS, philoxBlocks, philoxEven, philoxGrowth, philoxHigh, philoxKeys, philoxLow, philoxMultipliers, philoxOdd, philoxStep, philoxStream,
} from "../simd/philox";
import { SINE } from "../simd/sine";

// 0: 2^-31; 1: 2^-32; 2: sqrt(1/2); 3: one; 4: π/2 · 2^-32; 5: the sign bit; 6: -2.
const NUMBERS = memory.data<f32>([
  4.656612873077393e-10, 2.3283064365386963e-10, 0.7071067690849304, 1, 3.657294798518924e-10, -0.0, -2,
]);

/**
 * plus = x + sigma · z and minus = x − sigma · z, z being the element's normal number, |z| < 6.7; without x it is 0.
 *
 * `step` is the address of a uint32. `first` is the index of the share's first element, a multiple of 16. plus may be x. Whole vectors
 * are read and written, the padding behind n elements too.
 *
 * @param plus written: n, whole vectors, may be x
 * @param minus written: n, whole vectors, optional
 * @param x read: n, optional
 * @param step read: 1
 * @param sigma scalar
 * @param seedLow scalar
 * @param seedHigh scalar
 * @param stream scalar
 * @param first count >= 0, multiple of 16
 * @param n count >= 0
 */
export function draw_normals(
  plus: usize, minus: usize, x: usize, step: usize, sigma: f32, seedLow: i32, seedHigh: i32, stream: i32, first: i32, n: i32,
): void {
  const keys = philoxKeys(seedLow, seedHigh);
  const odd = philoxStream(stream);
  const even = philoxStep(step);
  const multipliers = philoxMultipliers();
  const growth = philoxGrowth();
  const deviation = f32x4.splat(sigma);
  let block = <u32>first >> 2;
  for (let left = n; left > 0; left -= 16) {
    let a0 = philoxBlocks(even, block);
    let a1 = philoxBlocks(even, block + 2);
    let b0 = odd;
    let b1 = odd;
    let key = keys;
    for (let round = 0; round < PHILOX_ROUNDS; round++) {
      const p0 = philoxLow(a0, multipliers), q0 = philoxHigh(a0, multipliers);
      const p1 = philoxLow(a1, multipliers), q1 = philoxHigh(a1, multipliers);
      a0 = philoxEven(p0, q0, b0, key);
      a1 = philoxEven(p1, q1, b1, key);
      b0 = philoxOdd(p0, q0);
      b1 = philoxOdd(p1, q1);
      key = i32x4.add(key, growth);
    }
    for (let half = left; half > left - 16 && half > 0; half -= 8) {
      // The radius: √(−2 ln u) · sigma with u = (word >> 1) · 2^-31 + 2^-32, which rounding leaves at 1 at most.
      const u = madd(f32x4.convert_i32x4_s(i32x4.shr_u(a0, 1)), coefficient(NUMBERS, 0), coefficient(NUMBERS, 1));
      const exponent = i32x4.shr_s(i32x4.sub(u, coefficient(NUMBERS, 2)), 23);
      const mantissa = i32x4.sub(u, i32x4.shl(exponent, 23));
      const log = combineLog(f32x4.sub(mantissa, coefficient(NUMBERS, 3)), f32x4.convert_i32x4_s(exponent));
      const radius = f32x4.mul(deviation, f32x4.sqrt(f32x4.mul(log, coefficient(NUMBERS, 6))));
      // The angle: 30 bits say where between −π/4 and π/4, the others the sign of the cosine, and whether it is that of x or of y.
      const r = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shl(b0, 2)), coefficient(NUMBERS, 4));
      const z = f32x4.mul(r, r);
      const s = madd(madd(coefficient(SINE, 2), z, coefficient(SINE, 1)), z, coefficient(SINE, 0));
      const c = madd(madd(coefficient(SINE, 5), z, coefficient(SINE, 4)), z, coefficient(SINE, 3));
      const sine = f32x4.mul(radius, madd(f32x4.mul(r, z), s, r));
      const cosine = v128.xor(
        f32x4.mul(radius, madd(f32x4.mul(z, z), c, madd(z, coefficient(SINE, 6), coefficient(SINE, 7)))),
        v128.and(b0, coefficient(NUMBERS, 5)),
      );
      const swap = i32x4.shr_s(i32x4.shl(b0, 1), 31);
      let y = v128.bitselect(sine, cosine, swap);
      for (let rest = half; rest > half - 8 && rest > 0; rest -= 4) {
        let v = i32x4.splat(0);
        if (x) v = v128.load(x), x += 16;
        if (minus) v128.store(minus, f32x4.sub(v, y)), minus += 16;
        v128.store(plus, f32x4.add(v, y)), plus += 16;
        y = v128.bitselect(cosine, sine, swap);
      }
      a0 = a1;
      b0 = b1;
    }
    block += 4;
  }
}
