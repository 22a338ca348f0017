const EPSILON = 1e-7;

/**
 * The logarithm of a probability after it was divided by its row's total and clipped to [1e-7, 1 − 1e-7], so that it is
 * always finite. A row of zeros counts as 1e-7 each.
 *
 * @param probability The value.
 * @param total The sum of its row; 1 where probabilities need no scaling.
 * @returns ln p.
 */
export function logShare(probability: number, total: number): number {
  const share = total === 0 ? 0 : probability / total;
  return Math.log(Math.min(Math.max(share, EPSILON), 1 - EPSILON));
}
