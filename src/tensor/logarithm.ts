/**
 * ln x of a positive number in float64, from +, −, · and / only: the same bits on every machine and runtime, which `Math.log` does not
 * promise. ln x = k ln 2 + 2 artanh((m − 1)/(m + 1)) with x = m · 2^k and m in [√½, √2).
 */
export function logarithm(x: number): number {
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
