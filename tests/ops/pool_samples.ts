import type { Attributes } from "../../src/tensor/symbolic.ts";
import type { OpSample } from "./op_sample.ts";

type Four = readonly [number, number, number, number];

/** Images and windows: [batch, height, width, channels], and the attributes. */
const CASES: readonly (readonly [Four, Attributes])[] = [
  // Windows that cover the image, with whole and broken vectors of channels.
  [[1, 4, 6, 16], { window: [2, 2], strides: [2, 2] }],
  [[9, 4, 4, 3], { window: [2, 2], strides: [2, 2] }],
  [[5, 6, 3, 21], { window: [3, 1], strides: [3, 1] }],
  // They leave something out.
  [[6, 5, 7, 1], { window: [2, 3], strides: [2, 3] }],
  [[3, 7, 5, 6], { window: [1, 2], strides: [3, 2] }],
  // They overlap, and reach beyond the edges.
  [[4, 5, 6, 9], { window: [3, 3], strides: [1, 1] }],
  [[13, 4, 5, 2], { window: [3, 2], strides: [2, 1], pads: [0, 1, 0, 1] }],
  [[2, 3, 3, 5], { window: [4, 4], strides: [2, 3], pads: [1, 2, 3, 0] }],
  [[7, 1, 9, 4], { window: [1, 4], strides: [1, 3], pads: [0, 0, 1, 2] }],
  [[2, 6, 5, 18], { window: [5, 3], strides: [2, 2], pads: [2, 2, 1, 1] }],
  // They share it, evenly and not, all of it, and elements several times.
  [[5, 7, 5, 3], { output: [3, 2] }],
  [[3, 6, 4, 17], { output: [3, 3] }],
  [[8, 3, 5, 10], { output: [1, 1] }],
  [[1, 2, 3, 5], { output: [5, 4] }],
  // More than 256 elements a window: blocks of rows, of one row.
  [[1, 20, 30, 5], { output: [1, 1] }],
  [[2, 2, 300, 17], { window: [2, 290], strides: [1, 4] }],
];

function samplesOf([shape, attributes]: readonly [Four, Attributes], i: number): OpSample[] {
  const [batch, height, width, channels] = shape;
  const counts = attributes.output as readonly [number, number] | undefined ?? [height, width].map((length, axis) => {
    const { window, strides, pads = [0, 0, 0, 0] } = attributes as Record<string, readonly number[]>;
    return Math.floor((length + pads[2 * axis] + pads[2 * axis + 1] - window[axis]) / strides[axis]) + 1;
  });
  const windows = [batch, ...counts, channels];
  const elements = height * width;
  const isLong = elements > 256;
  return [
    // Not where gradients would be of ties: central differences move elements by less than what lies between these.
    { op: "max_pool", inputs: [{ shape, draw: "normal" }], attributes, by: isLong ? [] : [0], k: 0 },
    {
      op: "max_pool_backward",
      inputs: [
        { shape: windows, draw: "normal" },
        { shape, draw: "tied" },
        { shape: windows, draw: "tied" },
      ],
      attributes,
      by: [],
      k: elements,
      magnitude: ([dy], y) => y.map(() => dy.reduce((most, v) => Math.max(most, Math.abs(v)), 0)),
    },
    { op: "average_pool", inputs: [{ shape, draw: "normal" }], attributes, by: isLong ? [] : [0], k: elements + 2 },
    {
      op: "average_pool_backward",
      inputs: [{ shape: windows, draw: "normal" }],
      attributes: { ...attributes, image: [height, width] },
      by: i < 14 ? [0] : [],
      k: elements + 2,
    },
  ];
}

/** Cases of the poolings. */
export const poolSamples: readonly OpSample[] = CASES.flatMap(samplesOf);
