import { integerPower } from "./integer_power.ts";

/**
 * eˣ in float64, from +, −, · and / only: the same bits on every machine and runtime, which `Math.exp` does not promise.
 * eˣ = 2^n · e^r with |r| <= ½ ln 2, and e^r by its Taylor series.
 */
export function exponential(x: number): number {
  if (!(Math.abs(x) < 746)) return x < 0 ? 0 : x > 0 ? Infinity : NaN; // beyond what float64 holds
  const n = Math.round(x / Math.LN2);
  const r = x - n * Math.LN2;
  let sum = 1;
  for (let i = 15; i > 0; i--) sum = 1 + sum * r / i;
  return n < 0 ? sum * integerPower(0.5, -n) : sum * integerPower(2, n);
}
