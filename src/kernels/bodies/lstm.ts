import type { Numbers } from "./numbers.ts";

/**
 * An LSTM over sequences: Z [samples, steps, width] is what the projection gives, U [units, width] the recurrent kernel, whose first 4 · units
 * columns are those of i, f, c̃ and o. Y [samples, outputs, units] has the last outputs, H and C [samples, units] the last states; H0 and C0 the
 * first ones, 0 where h0 or c0 < 0; M [samples, steps] the mask, none where m < 0. There is no use for working memory.
 *
 * Sums of products are rounded where H is: at each step.
 */
export function lstm(
  Y: Numbers,
  y: number,
  H: Numbers,
  h: number,
  C: Numbers,
  c: number,
  Z: Numbers,
  z: number,
  U: Numbers,
  u: number,
  H0: Numbers,
  h0: number,
  C0: Numbers,
  c0: number,
  M: Numbers,
  m: number,
  _S: Numbers,
  _s: number,
  samples: number,
  steps: number,
  units: number,
  width: number,
  outputs: number,
  plain: number,
  plainGates: number,
  reverse: number,
  zeroOutput: number,
): void {
  const buffer = H instanceof Float32Array ? new Float32Array(width) : new Float64Array(width);
  const act = (v: number): number => plain ? v : Math.tanh(v);
  const open = (v: number): number => plainGates ? v : 1 / (1 + Math.exp(-v));
  for (let i = 0; i < samples * units; i++) {
    H[h + i] = h0 < 0 ? 0 : H0[h0 + i];
    C[c + i] = c0 < 0 ? 0 : C0[c0 + i];
  }
  for (let r = 0; r < samples; r++, h += units, c += units) {
    let seen = false;
    for (let s = 0; s < steps; s++) {
      const at = r * steps + (reverse ? steps - 1 - s : s);
      const counts = m < 0 || M[m + at] !== 0;
      if (counts) {
        seen = true;
        for (let j = 0; j < width; j++) buffer[j] = Z[z + at * width + j];
        for (let k = 0, q = u; k < units; k++) {
          for (let j = 0; j < width; j++) buffer[j] += H[h + k] * U[q++];
        }
        for (let j = 0; j < units; j++) {
          C[c + j] = open(buffer[units + j]) * C[c + j] + open(buffer[j]) * act(buffer[2 * units + j]);
          H[h + j] = open(buffer[3 * units + j]) * act(C[c + j]);
        }
      }
      if (s < steps - outputs) continue;
      for (let j = 0; j < units; j++) Y[y++] = counts || seen && !zeroOutput ? H[h + j] : 0;
    }
  }
}
