import { exponential } from "./exponential.ts";
import { integerPower } from "./integer_power.ts";
import { logarithm } from "./logarithm.ts";

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
