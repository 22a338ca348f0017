import type { Numbers } from "./numbers.ts";

/**
 * A plain recurrent network over sequences: Z [samples, steps, units] is what the projection gives, U [units, units] the recurrent kernel. Y
 * [samples, outputs, units] has the last outputs, H [samples, units] the last states; H0 the first ones, 0 where h0 < 0; M [samples, steps] the
 * mask, none where m < 0. There is no use for working memory.
 *
 * Sums of products are rounded where H is: at each step.
 */
export function simpleRnn(
  Y: Numbers,
  y: number,
  H: Numbers,
  h: number,
  Z: Numbers,
  z: number,
  U: Numbers,
  u: number,
  H0: Numbers,
  h0: number,
  M: Numbers,
  m: number,
  _S: Numbers,
  _s: number,
  samples: number,
  steps: number,
  units: number,
  outputs: number,
  plain: number,
  reverse: number,
  zeroOutput: number,
): void {
  const buffer = H instanceof Float32Array ? new Float32Array(units) : new Float64Array(units);
  for (let i = 0; i < samples * units; i++) H[h + i] = h0 < 0 ? 0 : H0[h0 + i];
  for (let r = 0; r < samples; r++, h += units) {
    let seen = false;
    for (let s = 0; s < steps; s++) {
      const at = r * steps + (reverse ? steps - 1 - s : s);
      const counts = m < 0 || M[m + at] !== 0;
      if (counts) {
        seen = true;
        for (let j = 0; j < units; j++) buffer[j] = Z[z + at * units + j];
        for (let k = 0, q = u; k < units; k++) {
          for (let j = 0; j < units; j++) buffer[j] += H[h + k] * U[q++];
        }
        for (let j = 0; j < units; j++) H[h + j] = plain ? buffer[j] : Math.tanh(buffer[j]);
      }
      if (s < steps - outputs) continue;
      for (let j = 0; j < units; j++) Y[y++] = counts || seen && !zeroOutput ? H[h + j] : 0;
    }
  }
}
