import type { Numbers } from "./numbers.ts";

/**
 * A GRU over sequences, which resets before the product: as `gru`, without a bias of the recurrent product; Z [samples, steps, width], U
 * [units, width], Y [samples, outputs, units], H and H0 [samples, units], M [samples, steps].
 */
export function gruResetBefore(
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
  for (let i = 0; i < samples * units; i++) H[h + i] = h0 < 0 ? 0 : H0[h0 + i];
  for (let r = 0; r < samples; r++, h += units) {
    let seen = false;
    for (let s = 0; s < steps; s++) {
      const at = r * steps + (reverse ? steps - 1 - s : s);
      const counts = m < 0 || M[m + at] !== 0;
      if (counts) {
        seen = true;
        for (let j = 0; j < width; j++) buffer[j] = Z[z + at * width + j];
        for (let k = 0, q = u; k < units; k++) {
          for (let j = 0; j < 2 * units; j++) buffer[j] += H[h + k] * U[q + j];
          q += width;
        }
        for (let j = 0; j < 2 * units; j++) buffer[j] = open(buffer[j]);
        for (let k = 0, q = u + 2 * units; k < units; k++, q += width) {
          const reset = buffer[units + k] * H[h + k];
          for (let j = 0; j < units; j++) buffer[2 * units + j] += reset * U[q + j];
        }
        for (let j = 0; j < units; j++) {
          H[h + j] = buffer[j] * H[h + j] + (1 - buffer[j]) * act(buffer[2 * units + j]);
        }
      }
      if (s < steps - outputs) continue;
      for (let j = 0; j < units; j++) Y[y++] = counts || seen && !zeroOutput ? H[h + j] : 0;
    }
  }
}
