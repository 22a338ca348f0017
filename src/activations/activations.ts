/**
 * Functions that a layer applies to its output: `activations.leakyRelu({ negativeSlope: 0.1 })`. Names and defaults are
 * Keras 3's. y has the shape of x.
 *
 * Every factory throws a TypeError for an option that does not exist or has the wrong type, and a RangeError for a value out of range.
 *
 * @module
 */
export { linear } from "./linear.ts";
export { sigmoid } from "./sigmoid.ts";
export { tanh } from "./tanh.ts";
export { relu, type ReluOptions } from "./relu.ts";
export { relu6 } from "./relu6.ts";
export { leakyRelu, type LeakyReluOptions } from "./leaky_relu.ts";
export { elu, type EluOptions } from "./elu.ts";
export { selu } from "./selu.ts";
export { celu, type CeluOptions } from "./celu.ts";
export { gelu, type GeluOptions } from "./gelu.ts";
export { silu, silu as swish } from "./silu.ts";
export { softplus } from "./softplus.ts";
export { softsign } from "./softsign.ts";
export { softmax } from "./softmax.ts";
export { logSoftmax } from "./log_softmax.ts";
export { hardSigmoid } from "./hard_sigmoid.ts";
export { hardSilu, hardSilu as hardSwish } from "./hard_silu.ts";
export { hardTanh } from "./hard_tanh.ts";
export { logSigmoid } from "./log_sigmoid.ts";
export { mish } from "./mish.ts";
export { exponential } from "./exponential.ts";
export { step, type StepOptions } from "./step.ts";
export { sign } from "./sign.ts";
export { tanhShrink } from "./tanh_shrink.ts";
export { threshold, type ThresholdOptions } from "./threshold.ts";
export { hardShrink, type ShrinkOptions } from "./hard_shrink.ts";
export { softShrink } from "./soft_shrink.ts";

export type { Activation } from "./activation.ts";
export type { NoOptions } from "./plain_activation.ts";
export type { SoftmaxOptions } from "./row_activation.ts";
