import type { Symbolic } from "../tensor/symbolic.ts";
import type { ConvSettings } from "./convolve.ts";
import { reshaped } from "./reshaped.ts";

/**
 * The convolution of every channel of x with filters of its own, plus a bias where there is one: images [n, h, w, c] with a kernel [kh, kw, c, times]
 * give [n, oh, ow, c · times], those of a channel one behind the other; sequences likewise.
 */
export function convolveDepthwise(
  x: Symbolic,
  kernel: Symbolic,
  bias: Symbolic | undefined,
  { strides, dilation, pads }: Omit<ConvSettings, "groups">,
): Symbolic {
  const [channels, times] = kernel.shape.slice(-2);
  const axes = x.shape.map((_, axis) => axis === x.shape.length - 1 ? times : 1);
  const repeated = times === 1 ? x : x.graph.apply("repeat", [x], { times: axes });
  const filters = reshaped(kernel, [...kernel.shape.slice(0, -2), channels * times]);
  const inputs = [repeated, filters, ...(bias === undefined ? [] : [bias])];
  return x.graph.apply("depthwise", inputs, { strides, dilation, pads });
}
