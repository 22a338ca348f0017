import { integerPower } from "./integer_power.ts";

/**
 * base ^ exponent in float64, from +, −, · and / only: the same bits on every machine and runtime, which `Math.pow` does not promise.
 *
 * base^e = base^⌊e⌋ · exp(f · ln base) with f = e − ⌊e⌋. Relative error below (4 + 2e) · 2⁻⁵³ · (1 + |f · ln base|).
 *
 * @param base >= 0
 * @param exponent >= 0
 */
export function power(base: number, exponent: number): number {
  const whole = Math.floor(exponent);
  const product = integerPower(base, whole);
  const rest = exponent - whole;
  if (rest === 0) return product;
  return base === 0 ? 0 : product * exponential(rest * logarithm(base));
}

/** ln x = k ln 2 + 2 artanh((m − 1)/(m + 1)) with x = m · 2^k and m in [√½, √2). */
function logarithm(x: number): number {
  let m = x;
  let k = 0;
  for (; m >= Math.SQRT2; k++) m /= 2; // exact
  for (; m < Math.SQRT1_2; k--) m *= 2;
  const s = (m - 1) / (m + 1);
  const square = s * s;
  let sum = 0;
  for (let i = 23; i > 0; i -= 2) sum = sum * square + 1 / i;
  return k * Math.LN2 + 2 * s * sum;
}

/** eˣ = 2^n · e^r with |r| <= ½ ln 2, and e^r by its Taylor series. */
function exponential(x: number): number {
  const n = Math.round(x / Math.LN2);
  const r = x - n * Math.LN2;
  let sum = 1;
  for (let i = 15; i > 0; i--) sum = 1 + sum * r / i;
  return n < 0 ? sum * integerPower(0.5, -n) : sum * integerPower(2, n);
}
