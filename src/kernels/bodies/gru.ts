import type { Numbers } from "./numbers.ts";

/**
 * A GRU over sequences, which resets behind the product: Z [samples, steps, width] is what the projection gives, U [units, width] the recurrent
 * kernel, whose first 3 · units columns are those of update, reset and candidate, B [width] the bias of its product, none where b < 0. Y
 * [samples, outputs, units] has the last outputs, H [samples, units] the last states; H0 the first ones, 0 where h0 < 0; M [samples, steps] the
 * mask, none where m < 0. There is no use for working memory.
 *
 * Sums of products are rounded where H is: at each step.
 */
export function gru(
  Y: Numbers,
  y: number,
  H: Numbers,
  h: number,
  Z: Numbers,
  z: number,
  U: Numbers,
  u: number,
  B: Numbers,
  b: number,
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
        for (let j = 0; j < width; j++) buffer[j] = b < 0 ? 0 : B[b + j];
        for (let k = 0, q = u; k < units; k++) {
          for (let j = 0; j < width; j++) buffer[j] += H[h + k] * U[q++];
        }
        for (let j = 0, p = z + at * width; j < units; j++, p++) {
          const update = open(buffer[j] + Z[p]), reset = open(buffer[units + j] + Z[p + units]);
          const candidate = act(Z[p + 2 * units] + reset * buffer[2 * units + j]);
          H[h + j] = update * H[h + j] + (1 - update) * candidate;
        }
      }
      if (s < steps - outputs) continue;
      for (let j = 0; j < units; j++) Y[y++] = counts || seen && !zeroOutput ? H[h + j] : 0;
    }
  }
}
