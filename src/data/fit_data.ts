import { fitsShape } from "../tensor/fits_shape.ts";
import { isShaped } from "../tensor/is_shaped.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { toTensor } from "../tensor/to_tensor.ts";
import type { DataInput } from "./data_input.ts";

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
  return { given, fitted: fitShape(given, shape) };
}

function fitShape(t: Tensor, shape: OpenShape): Tensor | null {
  if (fitsShape(t.shape, shape, 1)) return t;
  if (t.shape.length === 1 && shape.every((length) => length === 1)) {
    return new Tensor(t.data, [t.shape[0], ...shape as Shape]);
  }
  if (shape[shape.length - 1] === 1 && fitsShape(t.shape, shape.slice(0, -1), 1)) {
    return new Tensor(t.data, [...t.shape, 1]);
  }
  if (t.shape.length === shape.length + 2 && t.shape[t.shape.length - 1] === 1) {
    return fitShape(new Tensor(t.data, t.shape.slice(0, -1)), shape);
  }
  return null;
}
