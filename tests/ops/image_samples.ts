import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import { FILL_MODES } from "../../src/ops/affine_sampling.ts";
import type { Shape } from "../../src/tensor/shape.ts";
import type { Attributes } from "../../src/tensor/symbolic.ts";
import type { OpSample } from "./op_sample.ts";

/** Images with one channel to more than a vector, single pixels and rows among them. */
const IMAGES: readonly Shape[] = [
  [1, 1, 1, 1],
  [5, 3, 4, 3],
  [2, 1, 7, 5],
  [3, 6, 5, 1],
  [4, 4, 3, 9],
];

const largest = (values: Float64Array): number => values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);

/** What |dy| would give at the same places. */
function ofMagnitudes(dy: Shape, attributes: Attributes): OpSample["magnitude"] {
  return ([values, transforms]) => {
    const graph = new Graph();
    const [a, b] = [graph.input("dy", dy), graph.input("t", [dy[0], 6])];
    const node = graph.apply("affine_sample_backward", [a, b], attributes);
    return evaluateGraph([node], (leaf) => leaf === a ? values.map(Math.abs) : transforms)[0];
  };
}

function samplesOf([batch, height, width, channels]: Shape): OpSample[] {
  const images: Shape = [batch, height, width, channels];
  const transforms = { shape: [batch, 6], draw: "normal" } as const;
  return FILL_MODES.flatMap((fillMode, i) =>
    [false, true].flatMap((nearest): OpSample[] => {
      const size = { rows: height + i - 1, columns: width + 2 - i };
      if (size.rows < 1 || size.columns < 1) return [];
      const fillValue = fillMode === "constant" ? 0.5 : 0;
      const dy: Shape = [batch, size.rows, size.columns, channels];
      const backward = { height, width, ...size, nearest, fillMode };
      return [
        {
          op: "affine_sample",
          inputs: [{ shape: images, draw: "normal" }, transforms],
          attributes: { height: size.rows, width: size.columns, nearest, fillMode, fillValue },
          by: [0],
          // Four shares, each of two rounded factors, and their sum.
          k: nearest ? 0 : 8,
          magnitude: ([x], y) => y.map(() => Math.max(largest(x), fillValue)),
        },
        {
          op: "affine_sample_backward",
          inputs: [{ shape: dy, draw: "normal" }, transforms],
          attributes: backward,
          by: [0],
          // All places may be one: as many sums.
          k: 4 * size.rows * size.columns + 4,
          magnitude: ofMagnitudes(dy, backward),
        },
      ];
    })
  );
}

/** Cases of the ops that draw and apply transformations of images. */
export const imageSamples: readonly OpSample[] = [
  ...IMAGES.flatMap(samplesOf),
  ...[[1, 1], [7, 2], [33, 3], [13]].map((shape): OpSample => ({
    op: "uniform",
    inputs: [{ shape: [], draw: "step" }],
    attributes: { shape, seedLow: 0x9abcdef0, seedHigh: 0x80000001, stream: 0xfedcba98 },
    by: [],
    k: 0,
  })),
  ...[[1], [7], [33]].flatMap((shape): OpSample[] => {
    const keys = { seedLow: 0x9abcdef0, seedHigh: 0x80000001, stream: 0xfedcba98 };
    const inputs = [{ shape: [], draw: "step" }] as const;
    const beta = (low: number, high: number): OpSample => ({
      op: "symmetric_beta",
      inputs,
      attributes: { shape, low, high, ...keys },
      by: [],
      k: 2,
      magnitude: (_, y) => y.map(() => 1),
    });
    return [
      { op: "draw_order", inputs, attributes: { rows: shape[0], ...keys }, by: [], k: 0 },
      beta(0.25, 0.25),
      beta(2 ** -20, 1),
      beta(3, 8),
    ];
  }),
  ...IMAGES.flatMap((shape) =>
    [true, false].map((outside): OpSample => ({
      op: "select_box",
      inputs: [{ shape, draw: "normal" }, { shape: [shape[0], 4], draw: "normal" }],
      attributes: { outside },
      by: [0],
      k: 0,
    }))
  ),
  ...[[1, 1, 1], [9, 28, 30], [22, 7, 224]].map(([batch, height, width]): OpSample => ({
    op: "affine_transforms",
    inputs: [{ shape: [batch, 5], draw: "normal" }],
    attributes: { height, width },
    by: [],
    k: 1,
    // A shift is a difference of places within the image and as far beyond it as it is scaled.
    magnitude: ([p], y) =>
      y.map((v, i) => Math.abs(v) + 2 ** -24 * (1 + largest(p)) * (i % 3 === 2 ? height + width : 1)),
  })),
];
