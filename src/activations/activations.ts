/**
 * Functions that a layer applies to its output: `activations.leakyRelu({ negativeSlope: 0.1 })`. Names and defaults are
 * Keras 3's.
 *
 * @module
 */
import type { Activation } from "./activation.ts";
import type { NoOptions } from "./plain_activation.ts";
import { activationTable } from "./table.ts";
import type { CeluOptions } from "./celu.ts";
import type { EluOptions } from "./elu.ts";
import type { GeluOptions } from "./gelu.ts";
import type { ShrinkOptions } from "./hard_shrink.ts";
import type { LeakyReluOptions } from "./leaky_relu.ts";
import type { ReluOptions } from "./relu.ts";
import type { SoftmaxOptions } from "./row_activation.ts";
import type { ThresholdOptions } from "./threshold.ts";

export type { Activation, NoOptions };
export type {
  CeluOptions,
  EluOptions,
  GeluOptions,
  LeakyReluOptions,
  ReluOptions,
  ShrinkOptions,
  SoftmaxOptions,
  ThresholdOptions,
};

/** y = x. */
export function linear(options?: NoOptions): Activation {
  return activationTable.linear.create(options);
}

/** y = 1 / (1 + e^−x). */
export function sigmoid(options?: NoOptions): Activation {
  return activationTable.sigmoid.create(options);
}

/** y = tanh x. */
export function tanh(options?: NoOptions): Activation {
  return activationTable.tanh.create(options);
}

/** y = max(x, 0); with options, a slope below the threshold and a largest value. */
export function relu(options?: ReluOptions): Activation {
  return activationTable.relu.create(options);
}

/** y = min(max(x, 0), 6). */
export function relu6(options?: NoOptions): Activation {
  return activationTable.relu6.create(options);
}

/** y = x for x > 0, negativeSlope · x elsewhere; the slope is 0.2 unless given. */
export function leakyRelu(options?: LeakyReluOptions): Activation {
  return activationTable.leaky_relu.create(options);
}

/** y = x for x > 0, alpha · (e^x − 1) elsewhere. */
export function elu(options?: EluOptions): Activation {
  return activationTable.elu.create(options);
}

/** y = s·x for x > 0, s·α·(e^x − 1) elsewhere, with the constants of self-normalising networks. */
export function selu(options?: NoOptions): Activation {
  return activationTable.selu.create(options);
}

/** y = x for x > 0, alpha · (e^(x/alpha) − 1) elsewhere. */
export function celu(options?: CeluOptions): Activation {
  return activationTable.celu.create(options);
}

/** y = x · Φ(x), Φ the normal distribution; its tanh approximation if `approximate`. */
export function gelu(options?: GeluOptions): Activation {
  return activationTable.gelu.create(options);
}

/** y = x · sigmoid(x). */
export function silu(options?: NoOptions): Activation {
  return activationTable.silu.create(options);
}

/** y = ln(1 + e^x). */
export function softplus(options?: NoOptions): Activation {
  return activationTable.softplus.create(options);
}

/** y = x / (1 + |x|). */
export function softsign(options?: NoOptions): Activation {
  return activationTable.softsign.create(options);
}

/** y_i = e^x_i / Σ_j e^x_j over the last axis. */
export function softmax(options?: SoftmaxOptions): Activation {
  return activationTable.softmax.create(options);
}

/** y_i = x_i − ln Σ_j e^x_j over the last axis. */
export function logSoftmax(options?: SoftmaxOptions): Activation {
  return activationTable.log_softmax.create(options);
}

/** y = min(max(x/6 + ½, 0), 1). */
export function hardSigmoid(options?: NoOptions): Activation {
  return activationTable.hard_sigmoid.create(options);
}

/** y = x · min(max(x/6 + ½, 0), 1). */
export function hardSilu(options?: NoOptions): Activation {
  return activationTable.hard_silu.create(options);
}

/** y = min(max(x, −1), 1). */
export function hardTanh(options?: NoOptions): Activation {
  return activationTable.hard_tanh.create(options);
}

/** y = ln sigmoid(x). */
export function logSigmoid(options?: NoOptions): Activation {
  return activationTable.log_sigmoid.create(options);
}

/** y = x · tanh(softplus(x)). */
export function mish(options?: NoOptions): Activation {
  return activationTable.mish.create(options);
}

/** y = e^x. */
export function exponential(options?: NoOptions): Activation {
  return activationTable.exponential.create(options);
}

/** y = x − tanh x. */
export function tanhShrink(options?: NoOptions): Activation {
  return activationTable.tanh_shrink.create(options);
}

/** y = x for x > threshold, defaultValue elsewhere. */
export function threshold(options: ThresholdOptions): Activation {
  return activationTable.threshold.create(options);
}

/** y = x for |x| > threshold, 0 elsewhere. */
export function hardShrink(options?: ShrinkOptions): Activation {
  return activationTable.hard_shrink.create(options);
}

/** y = x moved towards 0 by threshold, 0 inside. */
export function softShrink(options?: ShrinkOptions): Activation {
  return activationTable.soft_shrink.create(options);
}

/** Another name of silu. */
export const swish: (options?: NoOptions) => Activation = silu;

/** Another name of hardSilu. */
export const hardSwish: (options?: NoOptions) => Activation = hardSilu;
