import { isShaped } from "../tensor/is_shaped.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { toTensor } from "../tensor/to_tensor.ts";
import type { DataInput } from "./data_input.ts";
import { fitSampleShape } from "./fit_sample_shape.ts";

/** Data of one port as they were given, and as samples of its shape; null if they are none. */
export interface FittedData {
  readonly given: Tensor;
  readonly fitted: Tensor | null;
}

/**
 * Reads data as samples of a shape. A last axis of length 1 may be left out or be there too much: flat data, one number a sample, stand for a
 * column, images [samples, height, width] for [samples, height, width, 1], a column of class indices for flat ones. Images as canvases give
 * them are read with the channels of the shape.
 *
 * @param shape null stands for any length, the same for all samples
 * @param name what the data are called in errors
 * @param inList whether a list of one, which holds the data, is meant where it fits
 * @throws {TypeError} If they are no numbers
 */
export function fitData(input: DataInput, shape: OpenShape, name: string, inList: boolean): FittedData {
  if (Array.isArray(input) && input.length === 1 && (inList && typeof input[0] === "object" || isShaped(input[0]))) {
    const inner = fitData(input[0], shape, name, false);
    if (inner.fitted !== null) return inner;
  }
  const given = toTensor(input, { name, sample: shape });
  const fitted = fitSampleShape(given.shape, shape);
  if (fitted === null) return { given, fitted };
  return { given, fitted: fitted === given.shape ? given : new Tensor(given.data, fitted) };
}
