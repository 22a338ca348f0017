import type { Shape } from "../../src/tensor/shape.ts";
import type { OpSample } from "./op_sample.ts";

/** Image, kernel, strides, dilation, pads, groups: odd sizes, borders on every side, several groups, more filters than elements of a window. */
const CASES:
  readonly (readonly [Shape, Shape, strides: number[], dilation: number[], pads: number[], groups: number])[] = [
    [[1, 1, 1, 1], [1, 1, 1, 1], [1, 1], [1, 1], [0, 0, 0, 0], 1],
    [[3, 5, 7, 1], [3, 3, 1, 12], [1, 1], [1, 1], [0, 0, 0, 0], 1],
    [[2, 7, 6, 3], [3, 2, 3, 5], [1, 1], [1, 1], [1, 1, 0, 1], 1],
    [[5, 6, 5, 4], [2, 3, 4, 9], [2, 3], [1, 1], [0, 1, 2, 1], 1],
    [[4, 9, 8, 2], [3, 3, 2, 4], [1, 1], [2, 3], [2, 2, 3, 3], 1],
    [[2, 6, 7, 6], [3, 3, 2, 12], [2, 1], [1, 1], [1, 0, 1, 1], 3],
    [[3, 1, 13, 5], [1, 4, 5, 3], [1, 2], [1, 1], [0, 0, 3, 0], 1],
    [[2, 8, 7, 3], [2, 2, 3, 2], [3, 2], [2, 2], [0, 2, 1, 0], 1],
    [[9, 3, 3, 19], [3, 3, 19, 17], [1, 1], [1, 1], [1, 1, 1, 1], 1],
  ];

/** Cases of convolution and its gradients. */
export const convSamples: readonly OpSample[] = CASES.flatMap(
  ([image, kernel, strides, dilation, pads, groups]): OpSample[] => {
    const out = [0, 1].map((axis) =>
      Math.floor(
        (pads[2 * axis] + image[1 + axis] + pads[2 * axis + 1] - (kernel[axis] - 1) * dilation[axis] - 1) /
          strides[axis],
      ) + 1
    );
    const [x, w, y, bias, channels] = [image, kernel, [image[0], ...out, kernel[3]], [kernel[3]], [image[3]]].map((
      shape,
    ) => ({ shape, draw: "normal" as const }));
    const attributes = { strides, dilation, pads, groups }, size = image.slice(1, 3), window = kernel.slice(0, 2);
    const taps = kernel[0] * kernel[1];
    return [
      { op: "conv", inputs: [x, w], attributes, by: [0, 1], k: taps * kernel[2] },
      { op: "conv", inputs: [x, w, bias], attributes, by: [2], k: taps * kernel[2] + 1 },
      { op: "conv_input", inputs: [y, w], attributes: { ...attributes, size }, by: [0, 1], k: taps * kernel[3] },
      {
        op: "conv_input",
        inputs: [y, w, channels],
        attributes: { ...attributes, size },
        by: [2],
        k: taps * kernel[3] + 1,
      },
      {
        op: "conv_filter",
        inputs: [x, y],
        attributes: { ...attributes, window },
        by: [0, 1],
        k: image[0] * out[0] * out[1],
      },
    ];
  },
);
