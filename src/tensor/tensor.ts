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

  /**
   * The numbers as nested arrays, a plain number for shape `[]`.
   *
   * @returns New arrays, as deep as the shape is long.
   */
  toArray(): NestedArray {
    const { data, shape } = this;
    if (shape.length === 0) return data[0];
    let offset = 0;
    const last = shape.length - 1;
    const level = (axis: number): NestedArray[] => {
      const items: NestedArray[] = new Array(shape[axis]);
      for (let i = 0; i < items.length; i++) items[i] = axis === last ? data[offset++] : level(axis + 1);
      return items;
    };
    return level(0);
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

/**
 * Makes a tensor from nested arrays, a typed array, a number or another tensor. The numbers are copied.
 *
 * ```ts
 * import { tensor } from "retroprop";
 *
 * tensor([[0, 1], [1, 0]]).shape; // [2, 2]
 * tensor(new Float32Array(6), [3, 2]).shape; // [3, 2]
 * ```
 *
 * @param data The numbers; booleans count as 0 and 1.
 * @param shape The shape of flat data. Nested arrays bring their own, which this must then equal.
 * @returns A new tensor.
 * @throws {TypeError} If the arrays are ragged, empty, hold something that is no number, or do not fit the shape.
 */
export function tensor(data: TensorInput, shape?: Shape): Tensor {
  const values = readValues(data, { name: "tensor data", shape });
  return new Tensor(values.data.slice(), values.shape);
}
