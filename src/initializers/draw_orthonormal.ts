import type { RandomStream } from "../tensor/random_stream.ts";

/**
 * Random orthonormal vectors, uniformly distributed: normal numbers, made orthogonal one after the other (modified
 * Gram-Schmidt in float64). That is the Q of the QR decomposition whose R has a positive diagonal. A vector that loses
 * more than half its length to the ones before it is made orthogonal a second time, so that no accuracy is lost.
 *
 * @param count How many vectors, at most `length`.
 * @param length How many numbers each has.
 * @param random Where the numbers come from.
 * @returns The vectors.
 */
export function drawOrthonormal(count: number, length: number, random: RandomStream): Float64Array[] {
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = new Float64Array(length);
    for (let i = 0; i < length; i++) vector[i] = random.nextNormal();
    let before = Math.sqrt(dot(vector, vector));
    for (;;) {
      for (const other of vectors) subtract(vector, other, dot(vector, other));
      const after = Math.sqrt(dot(vector, vector));
      if (after > before / 2) {
        for (let i = 0; i < length; i++) vector[i] /= after;
        break;
      }
      before = after;
    }
    vectors.push(vector);
  }
  return vectors;
}

function subtract(vector: Float64Array, other: Float64Array, factor: number): void {
  for (let i = 0; i < vector.length; i++) vector[i] -= factor * other[i];
}

function dot(a: Float64Array, b: Float64Array): number {
  let even = 0;
  let odd = 0;
  const last = a.length - 1;
  for (let i = 0; i < last; i += 2) {
    even += a[i] * b[i];
    odd += a[i + 1] * b[i + 1];
  }
  return last % 2 === 0 ? even + odd + a[last] * b[last] : even + odd;
}
