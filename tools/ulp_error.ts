const bits = new Uint32Array(1);
const float = new Float32Array(bits.buffer);

/**
 * The distance of a float32 from the exact value, in units in the last place of the exact value's binade
 * (2^-149 for subnormal values). Above the largest float32 the unit is that of the largest binade.
 *
 * Gives 0 when `actual` is the exact value rounded to float32 (infinities included), or when both are NaN; gives
 * Infinity when one is infinite or NaN and the other is not. The sign of zero is not looked at.
 */
export function ulpError(actual: number, exact: number): number {
  const rounded = Math.fround(exact);
  if (actual === rounded || (actual !== actual && exact !== exact)) return 0;
  if (!Number.isFinite(actual) || !Number.isFinite(rounded)) return Infinity;
  float[0] = rounded;
  const exponent = (bits[0] >>> 23) & 0xff;
  bits[0] = Math.max(exponent, 1) << 23;
  // The binade of the exact value: rounding may have reached the next power of two.
  const unit = float[0] > Math.abs(exact) && exponent > 1 ? float[0] / 2 : float[0];
  return Math.abs(actual - exact) / (unit * 2 ** -23);
}
