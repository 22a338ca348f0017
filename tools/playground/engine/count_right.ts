import type { Samples } from "../protocol.ts";

/**
 * The share of samples whose class is answered: of one output by which side of `threshold` it is on, of several by the largest.
 *
 * @param answers `outputs` numbers a sample
 */
export function countRight(
  answers: Float32Array,
  { count, classes }: Samples,
  outputs: number,
  threshold: number,
): number {
  let right = 0;
  for (let i = 0; i < count; i++) {
    let answer = outputs === 1 ? Number(answers[i] > threshold) : 0;
    for (let k = 1; k < outputs; k++) if (answers[i * outputs + k] > answers[i * outputs + answer]) answer = k;
    if (answer === classes[i]) right++;
  }
  return right / count;
}
