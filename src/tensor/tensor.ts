import { describeValue } from "../errors/describe_value.ts";
import { formatHtml } from "./format_html.ts";
import { formatShape } from "./format_shape.ts";
import { formatTensor } from "./format_tensor.ts";
import { readValues } from "./read_values.ts";
import type { Shape } from "./shape.ts";
import { sizeOf } from "./size_of.ts";
import type { NestedArray, TensorInput } from "./tensor_input.ts";

/**
 * Numbers with a shape: float32, row-major (the last axis runs fastest). What `predict` returns and `fit` accepts.
 * A tensor is plain data; it shows itself in `console.log` and in notebooks, and `JSON.stringify` gives nested arrays.
 *
 * ```ts
 * import { tensor } from "retroprop";
 *
 * const t = tensor([[1, 2], [3, 4], [5, 6]]);
 * t.shape; // [3, 2]
 * t.data; // Float32Array [1, 2, 3, 4, 5, 6]
 * t.toArray(); // [[1, 2], [3, 4], [5, 6]]
 * ```
 */
export class Tensor {
  /** The numbers, the last axis running fastest. */
  readonly data: Float32Array;
  /** The length of each axis, outermost first; `[]` for a single number. */
  readonly shape: Shape;

  /**
   * Wraps numbers, without a copy. `tensor()` is the usual way to make one.
   *
   * @param data The numbers in row-major order.
   * @param shape The shape; `data.length` must be the product of its axes.
   * @throws {TypeError} If the shape does not fit the numbers.
   */
  constructor(data: Float32Array, shape: Shape) {
    if (sizeOf(shape) !== data.length) {
      throw new TypeError(
        `Cannot create tensor: shape ${formatShape(shape)} needs ${sizeOf(shape)} numbers, got ${data.length}`,
      );
    }
    this.data = data;
    this.shape = shape;
  }

  /** How many numbers there are. */
  get size(): number {
    return this.data.length;
  }

  /** How many axes there are. */
  get rank(): number {
    return this.shape.length;
  }

  /**
   * The numbers as nested arrays, a plain number for shape `[]`.
   *
   * ```ts
   * import { tensor } from "retroprop";
   *
   * const rows: number[][] = tensor([[1, 2], [3, 4]]).toArray();
   * ```
   *
   * @typeParam T What the shape makes of it, as the caller knows: `number[][]` for a matrix. It is not checked.
   * @returns New arrays, as deep as the shape is long.
   */
  toArray<T extends NestedArray = NestedArray>(): T {
    const { data, shape } = this;
    if (shape.length === 0) return data[0] as T;
    let offset = 0;
    const last = shape.length - 1;
    const level = (axis: number): NestedArray[] => {
      const items: NestedArray[] = new Array(shape[axis]);
      for (let i = 0; i < items.length; i++) items[i] = axis === last ? data[offset++] : level(axis + 1);
      return items;
    };
    return level(0) as T;
  }

  /** The numbers as nested arrays: `toArray`, by its name in tf.js. */
  arraySync<T extends NestedArray = NestedArray>(): T {
    return this.toArray<T>();
  }

  /** The numbers, the last axis running fastest: `data` itself, no copy. */
  dataSync(): Float32Array {
    return this.data;
  }

  /**
   * One number.
   *
   * @param indices One index for each axis, from 0.
   * @throws {TypeError} If there are not as many indices as axes.
   * @throws {RangeError} If an index is none of its axis.
   */
  get(...indices: number[]): number {
    const { data, shape } = this;
    if (indices.length !== shape.length) {
      throw new TypeError(
        `Cannot get a number of a tensor: shape ${
          formatShape(shape)
        } takes ${shape.length} indices, got ${indices.length}`,
      );
    }
    return data[indices.reduce((at, index, axis) => at * shape[axis] + checkIndex(index, axis, shape), 0)];
  }

  /**
   * Where along an axis the largest number stands; of equal ones the first. `predict(x).argMax(-1)` gives the classes.
   *
   * @param axis The axis that goes. A negative one counts from the end. Default 0, as in tf.js.
   * @returns A tensor of indices, without that axis.
   * @throws {RangeError} If there is no such axis.
   */
  argMax(axis = 0): Tensor {
    return findLargest(this, axis);
  }

  /** Shows the tensor on the console. */
  print(): void {
    console.log(formatTensor(this));
  }

  /** What `JSON.stringify` and `Response.json` write: the nested arrays. */
  toJSON(): NestedArray {
    return this.toArray();
  }

  /** The shape and the numbers, long axes abbreviated. */
  toString(): string {
    return formatTensor(this);
  }

  /** How `console.log` shows a tensor in Deno. */
  [Symbol.for("Deno.customInspect")](): string {
    return formatTensor(this);
  }

  /** How `console.log` shows a tensor in Node and Bun. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return formatTensor(this);
  }

  /** How a tensor shows itself in a Jupyter notebook. */
  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/plain": formatTensor(this), "text/html": formatHtml(this) };
  }
}

function checkIndex(index: number, axis: number, shape: Shape): number {
  if (Number.isInteger(index) && index >= 0 && index < shape[axis]) return index;
  const last = shape[axis] - 1;
  throw new RangeError(
    `Cannot get a number of a tensor: index ${axis} must be an integer from 0 to ${last} for shape ` +
      `${formatShape(shape)}, got ${describeValue(index)}`,
  );
}

function findLargest({ data, shape }: Tensor, axis: number): Tensor {
  const rank = shape.length;
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
    const rule = rank === 0 ? "there is none" : `it must be an integer from ${-rank} to ${rank - 1}`;
    throw new RangeError(
      `Cannot find the largest along an axis of shape ${formatShape(shape)}: ${rule}, got ${describeValue(axis)}`,
    );
  }
  const at = axis < 0 ? axis + rank : axis;
  const [outer, length, inner] = [sizeOf(shape.slice(0, at)), shape[at], sizeOf(shape.slice(at + 1))];
  const found = new Float32Array(outer * inner);
  for (let i = 0; i < found.length; i++) {
    const start = Math.floor(i / inner) * length * inner + i % inner;
    let best = 0;
    for (let j = 1; j < length; j++) if (data[start + j * inner] > data[start + best * inner]) best = j;
    found[i] = best;
  }
  return new Tensor(found, shape.toSpliced(at, 1));
}

/**
 * Makes a tensor from nested arrays, a typed array, an image, a number or another tensor. The numbers are copied.
 *
 * ```ts
 * import { tensor } from "retroprop";
 *
 * tensor([[0, 1], [1, 0]]).shape; // [2, 2]
 * tensor(new Float32Array(6), [3, 2]).shape; // [3, 2]
 * ```
 *
 * An image `{ data, width, height }`, such as a canvas's `ImageData`, becomes [height, width, 4]: red, green, blue and alpha from 0 to 255.
 * With a shape whose last axis is 3 alpha is dropped; with 1, or [height, width], it is made grey, 0.299·red + 0.587·green + 0.114·blue.
 *
 * @param data The numbers; booleans count as 0 and 1. A list of tensors or images of one shape is a batch of them.
 * @param shape The shape of flat data. Nested arrays and images bring their own, which this must then equal.
 * @returns A new tensor.
 * @throws {TypeError} If the arrays are ragged, empty, hold something that is no number, or do not fit the shape.
 */
export function tensor(data: TensorInput, shape?: Shape): Tensor {
  const values = readValues(data, { name: "tensor data", shape });
  // What was converted is a copy already.
  const { buffer } = values.data;
  const isOwn = ArrayBuffer.isView(data)
    ? data.buffer === buffer
    : "data" in Object(data) && (data as Tensor).data.buffer === buffer;
  return new Tensor(isOwn ? values.data.slice() : values.data, values.shape);
}
