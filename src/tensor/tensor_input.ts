import type { PixelData } from "./pixel_data.ts";
import type { Shape } from "./shape.ts";

/** Any array of numbers with elements of one type, except those of bigints. */
export type TypedArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array;

/** Numbers in nested arrays, as a tensor gives them back: a plain number for shape `[]`. */
export type NestedArray = number | NestedArray[];

/** Numbers in nested arrays, as a user may give them: booleans count as 0 and 1, rows may be typed arrays. */
export type NestedInput = number | boolean | TypedArray | readonly NestedInput[];

/** Numbers in row-major order with their shape. Every `Tensor` is one. */
export interface ShapedData {
  /** The numbers, the last axis running fastest. */
  readonly data: TypedArray;
  /** The length of each axis, outermost first. */
  readonly shape: Shape;
}

/** Everything that is accepted where data are asked for; a list of tensors or images of one shape is a batch of them. */
export type TensorInput = NestedInput | ShapedData | PixelData | readonly (ShapedData | PixelData)[];
