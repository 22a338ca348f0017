/**
 * The Mann-Whitney rank test: the probability, if both samples came from one distribution, that the values of `a` are as small
 * beside those of `b` as they are, or smaller (one-sided). Exact by counting if no two values are equal, else by the normal
 * approximation with correction for ties and continuity.
 *
 * Source: Mann and Whitney 1947, On a test of whether one of two random variables is stochastically larger than the other.
 *
 * @param a The sample that is thought to be smaller.
 * @param b The other sample.
 * @returns The p value.
 */
export function mannWhitney(a: readonly number[], b: readonly number[]): number {
  let u = 0;
  for (const x of a) for (const y of b) u += x > y ? 1 : x === y ? 0.5 : 0;
  const all = [...a, ...b];
  return new Set(all).size === all.length ? countExactly(u, a.length, b.length) : approximate(u, a, b);
}

/** P(U ≤ u), from the number of orders of m and n values with each U. */
function countExactly(u: number, m: number, n: number): number {
  // counts[i][k]: orders of i values of a and the j values of b so far with U = k.
  let counts = Array.from({ length: m + 1 }, () => [1]);
  for (let j = 1; j <= n; j++) {
    const next: number[][] = [[1]];
    for (let i = 1; i <= m; i++) {
      const row = new Array<number>(i * j + 1).fill(0);
      // The largest value is of a, and exceeds all j of b, or of b.
      next[i - 1].forEach((count, k) => row[k + j] += count);
      counts[i].forEach((count, k) => row[k] += count);
      next.push(row);
    }
    counts = next;
  }
  const total = counts[m].reduce((sum, count) => sum + count, 0);
  return counts[m].slice(0, u + 1).reduce((sum, count) => sum + count, 0) / total;
}

function approximate(u: number, a: readonly number[], b: readonly number[]): number {
  const [m, n] = [a.length, b.length];
  const all = [...a, ...b];
  const sizes = new Map<number, number>();
  for (const value of all) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  const ties = [...sizes.values()].reduce((sum, size) => sum + size ** 3 - size, 0);
  const variance = m * n / 12 * (m + n + 1 - ties / ((m + n) * (m + n - 1)));
  if (variance === 0) return 1;
  const z = (u + 0.5 - m * n / 2) / Math.sqrt(variance);
  // Φ(z) by Zelen and Severo's formula 26.2.17 in Abramowitz and Stegun, to 7.5e-8.
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * series;
  return z < 0 ? tail : 1 - tail;
}
