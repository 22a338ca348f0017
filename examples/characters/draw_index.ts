/**
 * Draws one of several things with the shares given, sharpened or flattened: each share becomes itself to the power of 1 / temperature.
 *
 * @param shares Numbers >= 0, of which one at least is larger.
 * @param temperature 1 leaves the shares as they are, less prefers what is likely; > 0.
 * @param random Gives numbers from 0 to 1.
 * @returns The index of what was drawn.
 */
export function drawIndex(shares: ArrayLike<number>, temperature: number, random: () => number): number {
  let best = 0;
  for (let i = 1; i < shares.length; i++) if (shares[i] > shares[best]) best = i;
  // Over the largest, so that not all of the powers vanish.
  const powers = Array.from(shares, (share) => Math.pow(share / shares[best], 1 / temperature));
  let left = random() * powers.reduce((sum, power) => sum + power, 0);
  for (let i = 0; i < powers.length; i++) {
    left -= powers[i];
    if (left < 0) return i;
  }
  return best;
}
