/**
 * The float64 softmax of one row and ln Σ e^x, both by way of the largest element.
 *
 * @returns `p` = e^x / Σ e^x, `top` = max x, `logSum` = ln Σ e^(x − top)
 */
export function softmaxOf(x: Float64Array): { p: Float64Array; top: number; logSum: number } {
  const top = x.reduce((a, b) => Math.max(a, b), -Infinity);
  const e = x.map((v) => Math.exp(v - top));
  const sum = e.reduce((a, b) => a + b, 0);
  return { p: e.map((v) => v / sum), top, logSum: Math.log(sum) };
}
