import type { Numbers } from "./numbers.ts";

/**
 * y[p, j] = (x[p, j] − μ) · i · g[j] + o[j] with i = 1 / √(σ² + epsilon), of every sample [positions, channels] and the group that channel j is
 * in; g and o are 1 and 0 where g or o is below 0. The statistics [samples, 2, channels] are μ and i.
 */
export function groupNorm(
  Y: Numbers,
  y: number,
  S: Numbers,
  s: number,
  X: Numbers,
  x: number,
  G: Numbers,
  g: number,
  O: Numbers,
  o: number,
  samples: number,
  positions: number,
  channels: number,
  groups: number,
  epsilon: number,
): void {
  const size = channels / groups, sample = positions * channels;
  for (; samples > 0; samples--, x += sample, y += sample, s += 2 * channels) {
    for (let first = 0; first < channels; first += size) {
      let mean = 0, variance = 0;
      for (let p = first; p < sample; p += channels) {
        for (let j = 0; j < size; j++) mean += X[x + p + j] / (positions * size);
      }
      for (let p = first; p < sample; p += channels) {
        for (let j = 0; j < size; j++) variance += (X[x + p + j] - mean) ** 2 / (positions * size);
      }
      const inverse = 1 / Math.sqrt(variance + epsilon);
      for (let j = first; j < first + size; j++) {
        S[s + j] = mean;
        S[s + channels + j] = inverse;
        for (let p = j; p < sample; p += channels) {
          Y[y + p] = (X[x + p] - mean) * inverse * (g < 0 ? 1 : G[g + j]) + (o < 0 ? 0 : O[o + j]);
        }
      }
    }
  }
}
