import type { Shape } from "../tensor/shape.ts";

/** Which elements of two tensors go together: those at offset + Σ i[k] · strides[k], for all i[k] from 0 to sizes[k] − 1, in row-major order. */
export interface Walk {
  readonly sizes: readonly number[];
  /** Where it begins in y, and how far an axis goes in y; in elements. */
  readonly y: { readonly offset: number; readonly strides: readonly number[] };
  /** The same for x. */
  readonly x: { readonly offset: number; readonly strides: readonly number[] };
}

/** How many elements each axis of a tensor in row-major order goes. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let k = shape.length - 1; k >= 0; k--) {
    strides[k] = stride;
    stride *= shape[k];
  }
  return strides;
}

/** Where the element of these indices lies. */
export function offsetOf(indices: readonly number[], strides: readonly number[]): number {
  return indices.reduce((sum, index, k) => sum + index * strides[k], 0);
}
