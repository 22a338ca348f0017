const TWO_OVER_SQRT_PI = 1.1283791670955126;
const SMALL_TERMS = 20;
const SERIES_TERMS = 48;
const FRACTION_TERMS = 56;

/**
 * The error function in float64: `erf(x) = 2/√π ∫₀ˣ exp(−t²) dt`, to 1e-15 relative, tiny arguments included.
 *
 * Three ranges of `a = |x|`:
 * - `a < 1`: the Maclaurin series `2/√π Σ (−1)ᵏ a²ᵏ⁺¹ / (k! (2k+1))`;
 * - `a < 2`: the series of positive terms `2/√π exp(−a²) Σ 2ᵏ a²ᵏ⁺¹ / (1·3·5⋯(2k+1))`;
 * - `a < 6`: `1 − erfc(a)`, erfc by its continued fraction `exp(−a²)/√π · 1/(a + ½/(a + 1/(a + 3/2/(a + ⋯))))`;
 *
 * above that the value is ±1 in float64. The sign of zero is kept; NaN gives NaN.
 *
 * It is the reference that the float32 kernels are tested against: JavaScript has no `Math.erf`.
 *
 * Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.5, 7.1.6 and 7.1.14.
 *
 * @param x any number
 * @returns a number from −1 to 1
 */
export function erf(x: number): number {
  const a = Math.abs(x);
  if (a < 1) return sumMaclaurin(x);
  if (a < 2) return Math.sign(x) * sumPositive(a);
  if (a < 6) return Math.sign(x) * (1 - continueFraction(a));
  return Math.sign(x);
}

/** `2/√π Σ (−1)ᵏ x²ᵏ⁺¹ / (k! (2k+1))`, from the smallest term up; `q/k` nests the factorial. */
function sumMaclaurin(x: number): number {
  const z = x * x;
  if (z < 1e-20) return TWO_OVER_SQRT_PI * x;
  let term = x;
  let sum = 0;
  for (let k = 1; k <= SMALL_TERMS; k++) {
    term *= -z / k;
    sum += term / (2 * k + 1);
  }
  return TWO_OVER_SQRT_PI * (x + sum);
}

/** `2/√π exp(−a²) Σ 2ᵏ a²ᵏ⁺¹ / (1·3⋯(2k+1))` by Horner's rule: the sum is `a(1 + 2z/3 (1 + 2z/5 (1 + ⋯)))`. */
function sumPositive(a: number): number {
  const z = 2 * a * a;
  let sum = 1;
  for (let k = SERIES_TERMS; k > 0; k--) sum = 1 + sum * z / (2 * k + 1);
  return TWO_OVER_SQRT_PI * a * sum * Math.exp(-a * a);
}

/** erfc(a) by its continued fraction from the innermost term out. */
function continueFraction(a: number): number {
  let tail = a;
  for (let k = FRACTION_TERMS; k > 0; k--) tail = a + k / 2 / tail;
  return TWO_OVER_SQRT_PI / 2 * Math.exp(-a * a) / tail;
}
