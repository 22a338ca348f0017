/**
 * The ops that layers, losses, metrics and activations of your own are composed of: `t.ops.multiply(x, t.weight("factor"))`. Names and
 * meanings are those of Keras's `keras.ops`.
 *
 * An op takes tensors of the graph that is traced, and gives one: nothing is computed yet. What each one's gradient is stands with it, so what
 * is composed of them needs none by hand. Every op throws a TypeError for what is no tensor of the graph, for shapes that do not go together,
 * and for an option that does not exist.
 *
 * @module
 */
export { add, clip, divide, maximum, minimum, multiply, power, subtract } from "./arithmetic.ts";
export { equal, greater, greaterEqual, less, lessEqual, notEqual, where } from "./comparisons.ts";
export { abs, cos, erf, exp, expm1, log, log1p, negative, sign, sin, sqrt, square } from "./elementwise.ts";
export { formula } from "./formula.ts";
export { argmax, argmin, oneHot, take } from "./lookups.ts";
export {
  broadcastTo,
  concatenate,
  expandDims,
  flip,
  pad,
  repeat,
  reshape,
  slice,
  split,
  squeeze,
  stack,
  tile,
  transpose,
} from "./moves.ts";
export {
  celu,
  elu,
  gelu,
  hardShrink,
  hardSigmoid,
  hardSilu,
  hardTanh,
  leakyRelu,
  logSigmoid,
  logSoftmax,
  mish,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softmax,
  softplus,
  softShrink,
  softsign,
  tanh,
  tanhShrink,
  threshold,
} from "./nonlinear.ts";
export { matmul } from "./products.ts";
export { max, mean, min, std, sum, variance } from "./reductions.ts";
export { l2Normalize } from "./rows.ts";

export type { Operand } from "./operand.ts";
export type { ArgOptions } from "./lookups.ts";
export type { AxisOptions, PadOptions } from "./moves.ts";
export type { ReductionOptions } from "./reductions.ts";
