/**
 * ln(n · 2⁻³²) in float64 for an integer n from 1 to 2^32, by what IEEE 754 rounds exactly: ln m = 2 artanh((m − 1)/(m + 1)) with m in [√½, √2),
 * as src/tensor/normal_pair.ts.
 */
export function logOfFraction(n: f64): f64 {
  const bits = reinterpret<u64>(n);
  let exponent = <f64><i32>(bits >> 52) - 1054;
  let m = reinterpret<f64>((bits & 0x000FFFFFFFFFFFFF) | 0x3FE0000000000000); // exact, in [½, 1)
  if (m < 0.7071067811865476) {
    m += m;
    exponent -= 1;
  }
  const s = (m - 1) / (m + 1);
  const square = s * s;
  let sum: f64 = 0;
  for (let k: f64 = 23; k > 0; k -= 2) sum = sum * square + 1 / k;
  return exponent * 0.6931471805599453 + 2 * s * sum;
}
