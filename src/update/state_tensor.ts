import type { Shape } from "../tensor/shape.ts";

/** A piece of what an optimizer keeps, as it stands in a file: a part of a block of the model's memory. */
export interface StateTensor {
  /** Its name in the file. */
  readonly name: string;
  /** What its numbers are. Those in float64 lie in a block as their bits, two elements each. */
  readonly dtype: "F32" | "F64";
  readonly shape: Shape;
  readonly block: string;
  /** In elements from the block's beginning; a multiple of 4. */
  readonly offset: number;
  /** Of the block. */
  readonly elements: number;
}
