import type { Shape } from "../../src/tensor/shape.ts";
import type { OpSample } from "./op_sample.ts";

/** Image, window, strides, dilation, pads: odd sizes, borders on every side, whole and broken vectors of channels. */
const CASES: readonly (readonly [Shape, window: number[], strides: number[], dilation: number[], pads: number[]])[] = [
  [[1, 1, 1, 1], [1, 1], [1, 1], [1, 1], [0, 0, 0, 0]],
  // Windows of 3 × 3 that slide: within the image, beyond its edges, in images of hardly a window.
  [[3, 5, 9, 4], [3, 3], [1, 1], [1, 1], [0, 0, 0, 0]],
  [[2, 7, 6, 18], [3, 3], [1, 1], [1, 1], [1, 1, 1, 1]],
  [[5, 4, 8, 3], [3, 3], [2, 1], [1, 1], [1, 0, 2, 1]],
  [[9, 2, 3, 7], [3, 3], [1, 1], [1, 1], [2, 2, 1, 2]],
  [[1, 3, 2, 5], [3, 3], [1, 1], [1, 1], [4, 0, 3, 4]],
  // Others.
  [[4, 9, 12, 5], [3, 3], [2, 2], [1, 1], [1, 1, 0, 1]],
  [[2, 8, 9, 8], [3, 2], [1, 1], [2, 3], [2, 1, 3, 0]],
  [[6, 1, 13, 2], [1, 5], [1, 1], [1, 1], [0, 0, 2, 2]],
  [[2, 9, 7, 1], [2, 3], [3, 1], [1, 1], [0, 1, 1, 1]],
  [[3, 6, 7, 17], [4, 1], [1, 3], [1, 2], [1, 2, 0, 0]],
];

/** Cases of depthwise convolution and its gradients, and of sequences. */
export const depthwiseSamples: readonly OpSample[] = [
  ...CASES.flatMap(([image, window, strides, dilation, pads]) => samplesOf(image, window, strides, dilation, pads)),
  ...samplesOf([5, 11, 6], [3], [1], [1], [1, 1]),
  ...samplesOf([2, 9, 3], [2], [2], [1], [0, 1]),
];

function samplesOf(
  image: Shape,
  window: number[],
  strides: number[],
  dilation: number[],
  pads: number[],
): OpSample[] {
  const channels = image[image.length - 1];
  const out = window.map((size, i) =>
    Math.floor((pads[2 * i] + image[1 + i] + pads[2 * i + 1] - (size - 1) * dilation[i] - 1) / strides[i]) + 1
  );
  const [x, w, y, bias] = [image, [...window, channels], [image[0], ...out, channels], [channels]].map((shape) => ({
    shape,
    draw: "normal" as const,
  }));
  const attributes = { strides, dilation, pads }, size = image.slice(1, -1);
  const taps = window.reduce((a, b) => a * b), pixels = image[0] * out.reduce((a, b) => a * b);
  return [
    // Of a column of 3 products at a time: a sum of 3, added twice.
    { op: "depthwise", inputs: [x, w], attributes, by: [0, 1], k: taps + 2 },
    { op: "depthwise", inputs: [x, w, bias], attributes, by: [2], k: taps + 3 },
    { op: "depthwise_input", inputs: [y, w], attributes: { ...attributes, size }, by: [0, 1], k: taps + 2 },
    { op: "depthwise_filter", inputs: [x, y], attributes: { ...attributes, window }, by: [0, 1], k: pixels },
  ];
}
