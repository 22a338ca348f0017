/** The share of epochs, of the first `count`, whose loss rose. */
export function shareOfRises(losses: readonly number[], count = Infinity): number {
  const pairs = losses.slice(1, count + 1);
  return pairs.length === 0 ? 0 : pairs.filter((loss, i) => loss > losses[i]).length / pairs.length;
}

/** The last quarter of the epochs, one at least. */
export function lastQuarter(losses: readonly number[]): readonly number[] {
  return losses.slice(losses.length - Math.max(1, Math.ceil(losses.length / 4)));
}

/** The mean; NaN of nothing. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}

/** The middle one; `none` of nothing. */
export function medianOf(values: readonly number[], none = NaN): number {
  if (values.length === 0) return none;
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
