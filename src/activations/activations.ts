/**
 * Functions that a layer applies to its output: `activations.leakyRelu({ negativeSlope: 0.1 })`. Names and defaults are
 * Keras 3's. y has the shape of x.
 *
 * Every factory throws a TypeError for an option that does not exist or has the wrong type, and a RangeError for a value out of range.
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

/**
 * y = max(x, 0). With options: y = min(x, maxValue) for x > threshold, else negativeSlope · (x − threshold); by default no largest
 * value, slope 0, threshold 0. Its derivative at 0 is 0.
 */
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

/**
 * y = x for x > 0, alpha · (e^x − 1) elsewhere; alpha is 1 unless given.
 *
 * Source: Clevert et al. 2015, arXiv:1511.07289.
 */
export function elu(options?: EluOptions): Activation {
  return activationTable.elu.create(options);
}

/**
 * y = s·x for x > 0, s·α·(e^x − 1) elsewhere, with the constants of self-normalising networks: s ≈ 1.0507, α ≈ 1.6733. Goes with
 * `"lecun_normal"`.
 *
 * Source: Klambauer et al. 2017, arXiv:1706.02515.
 */
export function selu(options?: NoOptions): Activation {
  return activationTable.selu.create(options);
}

/**
 * y = x for x > 0, alpha · (e^(x/alpha) − 1) elsewhere; alpha is 1 unless given.
 *
 * Source: Barron 2017, arXiv:1704.07483.
 */
export function celu(options?: CeluOptions): Activation {
  return activationTable.celu.create(options);
}

/**
 * y = x · Φ(x), Φ the normal distribution; with `approximate` (default false) ½x · (1 + tanh(√(2/π) · (x + 0.044715x³))).
 *
 * Source: Hendrycks and Gimpel 2016, arXiv:1606.08415.
 */
export function gelu(options?: GeluOptions): Activation {
  return activationTable.gelu.create(options);
}

/**
 * y = x · sigmoid(x), also known as swish.
 *
 * Source: Elfwing et al. 2017, arXiv:1702.03118; Ramachandran et al. 2017, arXiv:1710.05941.
 */
export function silu(options?: NoOptions): Activation {
  return activationTable.silu.create(options);
}

/** y = ln(1 + e^x): a smooth relu. Exact for large |x|, too. */
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

/**
 * y = x · tanh(softplus(x)).
 *
 * Source: Misra 2019, arXiv:1908.08681.
 */
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

/**
 * y = x for x > threshold, defaultValue elsewhere. Both must be given: `activations.threshold({ threshold: 0.5, defaultValue: 0 })`.
 */
export function threshold(options: ThresholdOptions): Activation {
  return activationTable.threshold.create(options);
}

/** y = x for |x| > threshold, 0 elsewhere; the threshold is 0.5 unless given. */
export function hardShrink(options?: ShrinkOptions): Activation {
  return activationTable.hard_shrink.create(options);
}

/** y = x moved towards 0 by threshold, 0 for |x| ≤ threshold; the threshold is 0.5 unless given. */
export function softShrink(options?: ShrinkOptions): Activation {
  return activationTable.soft_shrink.create(options);
}

/** Another name of silu. */
export const swish: (options?: NoOptions) => Activation = silu;

/** Another name of hardSilu. */
export const hardSwish: (options?: NoOptions) => Activation = hardSilu;
