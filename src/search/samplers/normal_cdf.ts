import { erf } from "../../formula/erf.ts";

/**
 * The normal distribution function Φ(z) = (1 + erf(z / √2)) / 2, to 1e-16 absolute.
 *
 * @param z Any number.
 * @returns A number from 0 to 1.
 */
export function normalCdf(z: number): number {
  return 0.5 * (1 + erf(z * Math.SQRT1_2));
}
