import { describeValue } from "../errors/describe_value.ts";
import { channelsFor } from "./channels_for.ts";
import { checkShape } from "./check_shape.ts";
import { convertPixels } from "./convert_pixels.ts";
import { formatShape } from "./format_shape.ts";
import { isShaped } from "./is_shaped.ts";
import { isTypedArray } from "./is_typed_array.ts";
import { isPixelData } from "./pixel_data.ts";
import { readNested } from "./read_nested.ts";
import { readStack } from "./read_stack.ts";
import type { OpenShape } from "./open_shape.ts";
import type { Shape } from "./shape.ts";
import { sizeOf } from "./size_of.ts";
import type { TensorInput, TypedArray } from "./tensor_input.ts";

/** Options of `readValues`. */
export interface ReadOptions {
  /** What the data are called in errors: `x`. */
  readonly name: string;
  /** The shape of flat data; nested or shaped data must have it already. */
  readonly shape?: Shape;
  /**
   * The shape of one sample, where data are read for a model: it says which channels of images are read, what to do where lengths
   * differ, and that nobody else gets to see the numbers.
   */
  readonly sample?: OpenShape;
}

/**
 * Reads user data into float32 numbers in row-major order, with their shape.
 * A Float32Array is used as it is, without a copy; every other input is converted, once. An image `{ data, width, height }` becomes
 * [height, width, channels], and a list of images or tensors of one shape a batch of them.
 *
 * @param input Nested arrays, a typed array, a tensor, an image, a list of tensors or images, or a number.
 * @param options The name for errors; the shape for flat data.
 * @returns The numbers and their shape, `data.length` being the product of `shape`.
 * @throws {TypeError} If the arrays are ragged (`x[3] has 2 numbers, but x[0] has 3`), hold something that is no number,
 *   are empty, or do not fit the shape.
 */
export function readValues(input: TensorInput, options: ReadOptions): { data: Float32Array; shape: Shape } {
  const { name } = options;
  let values: { data: Float32Array; shape: Shape };
  if (Array.isArray(input)) {
    const isStack = isShaped(input[0]) || isPixelData(input[0], `${name}[0]`);
    values = isStack ? readStack(input, name, options.sample) : readNested(input, name, options.sample);
  } else if (isPixelData(input, name)) values = readImage(input, options);
  else if (isTypedArray(input, name)) values = { data: toFloat32(input), shape: shapeOf(input, name) };
  else if (typeof input === "number" || typeof input === "boolean") {
    values = { data: Float32Array.of(Number(input)), shape: [] };
  } else if (typeof input === "object" && input !== null && "data" in input && "shape" in input) {
    if (!isTypedArray(input.data, name)) {
      throw new TypeError(`Cannot read ${name}: its data must be a typed array, got ${describeValue(input.data)}`);
    }
    values = { data: toFloat32(input.data), shape: checkShape(`read ${name}`, "its shape", input.shape) };
    checkSize(name, values.shape, values.data.length);
  } else {
    const rule = "must be nested arrays of numbers, a typed array, a tensor, or an image";
    throw new TypeError(`Cannot read ${name}: it ${rule}, got ${describeValue(input)}`);
  }
  if (values.data.length === 0) throw new TypeError(`Cannot read ${name}: it is empty, but needs at least one number`);
  return options.shape === undefined ? values : withShape(values, options.shape, name);
}

/** One image, with the channels that its shape says. */
function readImage(
  image: { data: Uint8Array | Uint8ClampedArray; width: number; height: number },
  options: ReadOptions,
) {
  const channels = channelsFor(options.shape ?? options.sample);
  const { width, height } = image;
  const data = new Float32Array(width * height * channels);
  convertPixels(image.data, 4, data, channels);
  return { data, shape: [height, width, channels] };
}

/** The shape of a typed array: one axis, unless it has a property `shape`. */
function shapeOf(input: TypedArray & { readonly shape?: Shape }, name: string): Shape {
  if (input.shape === undefined) return [input.length];
  const shape = checkShape(`read ${name}`, "its shape", input.shape);
  checkSize(name, shape, input.length);
  return shape;
}

function withShape(values: { data: Float32Array; shape: Shape }, wanted: Shape, name: string) {
  const shape = checkShape(`read ${name}`, "shape", wanted);
  if (values.shape.length > 1 && formatShape(values.shape) !== formatShape(shape)) {
    const found = `the data have shape ${formatShape(values.shape)}`;
    throw new TypeError(`Cannot read ${name}: shape ${formatShape(shape)} was asked for, but ${found}`);
  }
  checkSize(name, shape, values.data.length);
  return { data: values.data, shape };
}

function checkSize(name: string, shape: Shape, found: number): void {
  const size = sizeOf(shape);
  if (size === found) return;
  const rule = `shape ${formatShape(shape)} needs ${size} ${size === 1 ? "number" : "numbers"}`;
  throw new TypeError(`Cannot read ${name}: ${rule}, got ${found}`);
}

function toFloat32(values: TypedArray): Float32Array {
  return values instanceof Float32Array ? values : new Float32Array(values);
}
