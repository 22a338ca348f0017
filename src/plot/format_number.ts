/**
 * A short form of a number for the labels of a picture: three significant digits, an exponent outside 0.001 … 99999.
 *
 * @param value Any number.
 * @returns For example `0.693`, `120`, `1e-7`.
 */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size < 1e-3 || size >= 1e5) return value.toExponential(2).replace(/\.?0+e/, "e").replace("e+", "e");
  if (size >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}
