import type { Symbolic } from "../tensor/symbolic.ts";
import { reshaped } from "./reshaped.ts";

/** How a window slides over images [n, h, w, c], or over sequences [n, w, c]: numbers for each of their axes. */
export interface ConvSettings {
  readonly strides: readonly number[];
  readonly dilation: readonly number[];
  /** Zeros before and behind each axis, one axis after the other. */
  readonly pads: readonly number[];
  readonly groups: number;
}

/** The convolution of x with a kernel, plus a bias where there is one. A window of one pixel that skips none is a product of matrices. */
export function convolve(x: Symbolic, kernel: Symbolic, bias: Symbolic | undefined, settings: ConvSettings): Symbolic {
  const others = bias === undefined ? [] : [bias];
  const { strides, dilation, pads, groups } = settings;
  const isProduct = groups === 1 && pads.every((pad) => pad === 0) && strides.every((stride) => stride === 1) &&
    kernel.shape.slice(0, -2).every((size) => size === 1);
  if (!isProduct) return x.graph.apply("conv", [x, kernel, ...others], { strides, dilation, pads, groups });
  return x.graph.apply("matmul", [x, reshaped(kernel, kernel.shape.slice(-2)), ...others]);
}
