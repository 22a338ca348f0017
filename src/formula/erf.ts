/**
 * The error function in float64: `erf(x) = 2/√π ∫₀ˣ exp(−t²) dt`, to 1e-15 relative, tiny arguments included.
 *
 * - `a = |x| < 2`: the series of positive terms `2/√π exp(−x²) Σ 2ᵏ x²ᵏ⁺¹ / (1·3·5⋯(2k+1))`, by Horner's rule;
 * - `a < 6`: `1 − erfc(a)`, erfc by its continued fraction `exp(−a²)/√π · 1/(a + ½/(a + 1/(a + 3/2/(a + ⋯))))`, from the innermost term out.
 *
 * Above that the value is ±1 in float64. The sign of zero is kept; NaN gives NaN.
 *
 * It is the reference that the float32 kernels are tested against, and what modules and the edge compute with: JavaScript has no `Math.erf`.
 *
 * Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.6 and 7.1.14.
 *
 * @param x any number
 * @returns a number from −1 to 1
 */
export function erf(x: number): number {
  const a = Math.abs(x), scale = 1.1283791670955126 * Math.exp(-x * x);
  let sum = 1, tail = a;
  for (let k = 56; k > 0; k--) {
    sum = 1 + 2 * x * x * sum / (2 * k + 1);
    tail = a + k / 2 / tail;
  }
  return a < 2 ? scale * x * sum : Math.sign(x) * (a < 6 ? 1 - scale / 2 / tail : 1);
}
