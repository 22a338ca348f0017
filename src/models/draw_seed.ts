/** A seed for a model that nobody can guess: an integer from 0 to 2^53 − 1. */
export function drawSeed(): number {
  const [high, low] = crypto.getRandomValues(new Uint32Array(2));
  return (high >>> 11) * 2 ** 32 + low;
}
