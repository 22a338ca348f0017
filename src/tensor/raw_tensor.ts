import type { Shape } from "./shape.ts";
import type { ShapedData, TypedArray } from "./tensor_input.ts";

/** Strings, or integers, in nested arrays; integers may be bigints and typed arrays. */
export type NestedRaw = string | number | bigint | TypedArray | BigInt64Array | BigUint64Array | readonly NestedRaw[];

/** Strings or integers as users give them where a layer makes numbers of them. */
export type RawInput = NestedRaw | ShapedData;

/** Strings or safe integers with a shape, the last axis running fastest: what layers make numbers of. */
export interface RawTensor {
  /** Well-formed strings, or integers from −(2^53 − 1) to 2^53 − 1. */
  readonly values: readonly string[] | readonly number[];
  /** The length of each axis, the samples first. */
  readonly shape: Shape;
}
