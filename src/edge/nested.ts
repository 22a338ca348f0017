/** Nested arrays of numbers. */
export type Nested = number | readonly Nested[];

/** Any typed array of numbers. */
export type NumericArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array;

/** Numbers in memory as nested arrays, fit for JSON. */
export function toNested(heap: Float32Array, at: number, shape: readonly number[], axis: number): Nested {
  if (axis === shape.length) return heap[at];
  const result: Nested[] = [];
  let stride = 1;
  for (let i = axis + 1; i < shape.length; i++) stride *= shape[i];
  for (let i = 0; i < shape[axis]; i++) result.push(toNested(heap, at + i * stride, shape, axis + 1));
  return result;
}
