/**
 * ln Σ exp(logit) over a row, shifted by the largest logit so that it does not overflow:
 * logit − this is the logarithm of a softmax probability.
 *
 * @param logits The array.
 * @param start Where the row begins.
 * @param width How many values the row has.
 * @returns The logarithm of the total.
 */
export function measureLogTotal(logits: Float32Array, start: number, width: number): number {
  let largest = -Infinity;
  for (let i = start; i < start + width; i++) largest = Math.max(largest, logits[i]);
  let total = 0;
  for (let i = start; i < start + width; i++) total += Math.exp(logits[i] - largest);
  return largest + Math.log(total);
}
