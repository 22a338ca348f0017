import type { Shape } from "../../src/tensor/shape.ts";
import type { OpSample } from "./op_sample.ts";

/** Rows of the table, what a row is, and the indices. */
const SIZES: readonly (readonly [rows: number, row: Shape, indices: Shape])[] = [
  [2, [1], [1]],
  [2, [], [5]],
  [7, [3], [4, 2]],
  [13, [4], [9]],
  [5, [2, 5], [3, 3]],
  [30, [17], [22]],
];

/** Cases of the ops that look up by number. Some rows are met several times, others not at all. */
export const lookUpSamples: readonly OpSample[] = [
  ...SIZES.flatMap(([rows, row, indices]): OpSample[] => [
    {
      op: "gather",
      inputs: [{ shape: [rows, ...row], draw: "normal" }, { shape: indices, draw: "labels" }],
      attributes: {},
      by: [0],
      k: 0,
    },
    {
      op: "scatter_rows",
      inputs: [{ shape: [...indices, ...row], draw: "normal" }, { shape: indices, draw: "labels" }],
      attributes: { rows },
      by: [0],
      k: indices.reduce((a, b) => a * b, 1),
    },
  ]),
  ...([[1, 4, 1], [2, 4, 5], [7, 8, 13], [33, 12, 9], [70, 4, 41]] as const).flatMap((
    [rows, width, count],
  ): OpSample[] => [
    {
      op: "touched_rows",
      inputs: [{ shape: [count], draw: "labels" }],
      attributes: { rows },
      by: [],
      k: 0,
    },
    {
      op: "scatter_touched",
      inputs: [{ shape: [count, width], draw: "normal" }, { shape: [count], draw: "labels" }, {
        shape: [rows],
        draw: "ones",
      }],
      attributes: { rows },
      by: [],
      k: count,
    },
  ]),
  ...[1, 4, 9, 67].map((length): OpSample => ({ op: "range", inputs: [], attributes: { length }, by: [], k: 0 })),
];
