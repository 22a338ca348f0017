/** e^x in float64 for x >= 0, by what IEEE 754 rounds exactly: so the bits are the same everywhere. Relative error below 2e-13. */
export function exp_64(x: f64): f64 {
  const doublings = floor(x * 1.4426950408889634 + 0.5);
  if (!(doublings <= 1023)) return Infinity;
  const rest = x - doublings * 0.6931471805599453;
  let sum: f64 = 1;
  for (let k: f64 = 18; k > 0; k--) sum = 1 + sum * rest / k; // Taylor, innermost term first
  return sum * reinterpret<f64>((<i64>doublings + 1023) << 52);
}
