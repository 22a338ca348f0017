import type { OpSample } from "./op_sample.ts";

/** Leading axes, m, n and k: single numbers, tails, several matrices a sample, and sizes that are packed. */
const SIZES: readonly (readonly [leading: readonly number[], m: number, n: number, k: number])[] = [
  [[1], 1, 1, 1],
  [[5], 1, 1, 7],
  [[9], 3, 2, 5],
  [[6, 2], 4, 7, 3],
  [[22], 1, 10, 4],
  [[3], 17, 19, 13],
  [[2, 3], 21, 9, 33],
];

/** Cases of the batched matrix product, every way around. */
export const productSamples: readonly OpSample[] = SIZES.flatMap(([leading, m, n, k]) =>
  [[false, false], [true, false], [false, true], [true, true]].map(([transposeA, transposeB]): OpSample => ({
    op: "batch_matmul",
    inputs: [
      { shape: [...leading, ...(transposeA ? [k, m] : [m, k])], draw: "normal" },
      { shape: [...leading, ...(transposeB ? [n, k] : [k, n])], draw: "normal" },
    ],
    attributes: { transposeA, transposeB },
    by: [0, 1],
    k,
  }))
);
