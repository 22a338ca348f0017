import { readValues } from "./read_values.ts";
import type { OpenShape } from "./open_shape.ts";
import type { Shape } from "./shape.ts";
import { Tensor } from "./tensor.ts";
import type { TensorInput } from "./tensor_input.ts";

/**
 * Turns user data into a tensor. A tensor comes back as it is and a Float32Array is wrapped without a copy; other typed
 * arrays, images and nested arrays are converted. Whether the numbers are finite is `checkFinite`'s to say.
 *
 * @param input Nested arrays, a typed array, a tensor, an image, a list of tensors or images, or a number.
 * @param options `name`: what the data are called in errors (`x`); `shape`: the shape of flat data; `sample`: the shape of one sample, which
 *   says the channels of images.
 * @returns The tensor.
 * @throws {TypeError} If the arrays are ragged (`x[3] has 2 numbers, but x[0] has 3`), hold something that is no number,
 *   are empty, or do not fit the shape.
 */
export function toTensor(input: TensorInput, options: { name: string; shape?: Shape; sample?: OpenShape }): Tensor {
  if (input instanceof Tensor && options.shape === undefined && input.data.length > 0) return input;
  const { data, shape } = readValues(input, options);
  return new Tensor(data, shape);
}
