import { formatShape } from "../tensor/format_shape.ts";
import { isShaped } from "../tensor/is_shaped.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
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
 * @param name what the data are called in errors
 * @param inList whether a list of one, which holds the data, is meant where it fits
 * @throws {TypeError} If they are no numbers
 */
export function fitData(input: DataInput, shape: Shape, name: string, inList: boolean): FittedData {
  if (Array.isArray(input) && input.length === 1 && (inList && typeof input[0] === "object" || isShaped(input[0]))) {
    const inner = fitData(input[0], shape, name, false);
    if (inner.fitted !== null) return inner;
  }
  const given = toTensor(input, { name, sample: shape });
  return { given, fitted: fitShape(given, shape) };
}

function fitShape(t: Tensor, shape: Shape): Tensor | null {
  const wanted = formatShape(shape);
  if (t.shape.length > 0 && formatShape(t.shape.slice(1)) === wanted) return t;
  if (t.shape.length === 1 && sizeOf(shape) === 1) return new Tensor(t.data, [t.shape[0], ...shape]);
  if (t.shape.length > 0 && formatShape([...t.shape.slice(1), 1]) === wanted) {
    return new Tensor(t.data, [...t.shape, 1]);
  }
  if (t.shape.length === shape.length + 2 && t.shape[t.shape.length - 1] === 1) {
    const rest = t.shape.slice(0, -1);
    return fitShape(new Tensor(t.data, rest), shape);
  }
  return null;
}
