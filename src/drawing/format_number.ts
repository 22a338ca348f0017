/**
 * A short form of a number for the labels of a picture: so many significant digits, an exponent outside 0.001 … 99999.
 *
 * @param value Any number.
 * @param digits Significant digits, from 1 to 17; whole digits are never cut.
 * @returns For example `0.693`, `120`, `1e-7`.
 */
export function formatNumber(value: number, digits = 3): string {
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size < 1e-3 || size >= 1e5) {
    return value.toExponential(digits - 1).replace(/\.?0+e/, "e").replace("e+", "e");
  }
  if (size >= 10 ** (digits - 1)) return String(Math.round(value));
  return String(Number(value.toPrecision(digits)));
}
