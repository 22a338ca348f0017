import type { Shape } from "../../src/tensor/shape.ts";
import type { Attributes } from "../../src/tensor/symbolic.ts";

/** How the numbers of a sample's input are drawn. */
export type Draw = "normal" | "distribution" | "labels" | "step" | "tied" | "ones";

/** One case of an op: what the gradient test, the kernel test and the test of shares run. */
export interface OpSample {
  readonly op: string;
  readonly inputs: readonly { readonly shape: Shape; readonly draw: Draw }[];
  readonly attributes: Attributes;
  /** Of an op with several results: which one is looked at. Default 0. */
  readonly result?: number;
  /** The inputs whose gradient is checked; [] for a backward pass. */
  readonly by: readonly number[];
  /** The kernel's result may differ from the float64 one by `k` · u · magnitude, u = 2^-24. */
  readonly k: number;
  /** What rounding errors are proportional to, one number an output element. Default: the op itself of |inputs|, that is Σ|a·b|. */
  readonly magnitude?: (inputs: readonly Float64Array[], y: Float64Array) => Float64Array;
}
