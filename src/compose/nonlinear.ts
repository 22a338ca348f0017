/**
 * The activations as ops, with their options and defaults. A misspelt option or one out of range is an error, as there.
 *
 * @module
 */
import type { CeluOptions } from "../activations/celu.ts";
import type { EluOptions } from "../activations/elu.ts";
import type { GeluOptions } from "../activations/gelu.ts";
import type { ShrinkOptions } from "../activations/hard_shrink.ts";
import type { LeakyReluOptions } from "../activations/leaky_relu.ts";
import type { ReluOptions } from "../activations/relu.ts";
import type { SoftmaxOptions } from "../activations/row_activation.ts";
import type { ThresholdOptions } from "../activations/threshold.ts";
import { type ActivationName, activationTable } from "../activations/gen/table.ts";
import type { ActivationRow } from "../activations/activation_row.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { checkTensor } from "./check_tensor.ts";

function apply(op: string, id: ActivationName, x: Symbolic, options?: object): Symbolic {
  const given = checkTensor(op, "x", x);
  return (activationTable[id] as ActivationRow).create(options).apply(given.graph, given);
}

/**
 * 1 / (1 + e^−x).
 *
 * Shapes: y is as x. Gradient: dx = dy · y · (1 − y).
 */
export function sigmoid(x: Symbolic): Symbolic {
  return apply("sigmoid", "sigmoid", x);
}

/**
 * tanh x.
 *
 * Shapes: y is as x. Gradient: dx = dy · (1 − y²).
 */
export function tanh(x: Symbolic): Symbolic {
  return apply("tanh", "tanh", x);
}

/**
 * max(x, 0); with options min(x, maxValue) for x > threshold, else negativeSlope · (x − threshold).
 *
 * Shapes: y is as x. Gradient: dx = dy where x > 0, else 0; with options 0 above maxValue, and dy · negativeSlope at the threshold and below.
 */
export function relu(x: Symbolic, options?: ReluOptions): Symbolic {
  return apply("relu", "relu", x, options);
}

/**
 * min(max(x, 0), 6).
 *
 * Shapes: y is as x. Gradient: dx = dy where 0 < x < 6, else 0.
 */
export function relu6(x: Symbolic): Symbolic {
  return apply("relu6", "relu6", x);
}

/**
 * x for x > 0, negativeSlope · x elsewhere; the slope is 0.2 unless given.
 *
 * Shapes: y is as x. Gradient: dx = dy, times the slope at 0 and below.
 */
export function leakyRelu(x: Symbolic, options?: LeakyReluOptions): Symbolic {
  return apply("leakyRelu", "leaky_relu", x, options);
}

/**
 * x for x > 0, alpha · (e^x − 1) elsewhere; alpha is 1 unless given.
 *
 * Shapes: y is as x. Gradient: dx = dy for x > 0, dy · (y + alpha) elsewhere.
 */
export function elu(x: Symbolic, options?: EluOptions): Symbolic {
  return apply("elu", "elu", x, options);
}

/**
 * s·x for x > 0, s·α·(e^x − 1) elsewhere, with s ≈ 1.0507, α ≈ 1.6733.
 *
 * Shapes: y is as x. Gradient: dx = dy · s for x > 0, dy · (y + s·α) elsewhere.
 */
export function selu(x: Symbolic): Symbolic {
  return apply("selu", "selu", x);
}

/**
 * x for x > 0, alpha · (e^(x/alpha) − 1) elsewhere; alpha is 1 unless given.
 *
 * Shapes: y is as x. Gradient: dx = dy for x > 0, dy · (y/alpha + 1) elsewhere.
 */
export function celu(x: Symbolic, options?: CeluOptions): Symbolic {
  return apply("celu", "celu", x, options);
}

/**
 * x · Φ(x), Φ the normal distribution; with `approximate` its form with tanh.
 *
 * Shapes: y is as x. Gradient: dx = dy · (Φ(x) + x · φ(x)).
 */
export function gelu(x: Symbolic, options?: GeluOptions): Symbolic {
  return apply("gelu", "gelu", x, options);
}

/**
 * x · sigmoid(x).
 *
 * Shapes: y is as x. Gradient: dx = dy · s · (1 + x · (1 − s)) with s = sigmoid(x).
 */
export function silu(x: Symbolic): Symbolic {
  return apply("silu", "silu", x);
}

/**
 * ln(1 + e^x), exact for large |x|, too.
 *
 * Shapes: y is as x. Gradient: dx = dy · sigmoid(x).
 */
export function softplus(x: Symbolic): Symbolic {
  return apply("softplus", "softplus", x);
}

/**
 * x / (1 + |x|).
 *
 * Shapes: y is as x. Gradient: dx = dy / (1 + |x|)².
 */
export function softsign(x: Symbolic): Symbolic {
  return apply("softsign", "softsign", x);
}

/**
 * min(max(x/6 + ½, 0), 1).
 *
 * Shapes: y is as x. Gradient: dx = dy / 6 where −3 < x < 3, else 0.
 */
export function hardSigmoid(x: Symbolic): Symbolic {
  return apply("hardSigmoid", "hard_sigmoid", x);
}

/**
 * x · min(max(x/6 + ½, 0), 1).
 *
 * Shapes: y is as x. Gradient: dx = dy · (x/3 + ½) where −3 < x < 3; dy above, 0 below.
 */
export function hardSilu(x: Symbolic): Symbolic {
  return apply("hardSilu", "hard_silu", x);
}

/**
 * min(max(x, −1), 1).
 *
 * Shapes: y is as x. Gradient: dx = dy where −1 < x < 1, else 0.
 */
export function hardTanh(x: Symbolic): Symbolic {
  return apply("hardTanh", "hard_tanh", x);
}

/**
 * ln sigmoid(x).
 *
 * Shapes: y is as x. Gradient: dx = dy · sigmoid(−x).
 */
export function logSigmoid(x: Symbolic): Symbolic {
  return apply("logSigmoid", "log_sigmoid", x);
}

/**
 * x · tanh(softplus(x)).
 *
 * Shapes: y is as x. Gradient: dx = dy · (t + x · (1 − t²) · sigmoid(x)) with t = tanh(softplus(x)).
 */
export function mish(x: Symbolic): Symbolic {
  return apply("mish", "mish", x);
}

/**
 * x − tanh x.
 *
 * Shapes: y is as x. Gradient: dx = dy · tanh² x.
 */
export function tanhShrink(x: Symbolic): Symbolic {
  return apply("tanhShrink", "tanh_shrink", x);
}

/**
 * x for x > threshold, defaultValue elsewhere; both must be given.
 *
 * Shapes: y is as x. Gradient: dx = dy where x > threshold, else 0.
 */
export function threshold(x: Symbolic, options: ThresholdOptions): Symbolic {
  return apply("threshold", "threshold", x, options);
}

/**
 * x for |x| > threshold, 0 elsewhere; the threshold is 0.5 unless given.
 *
 * Shapes: y is as x. Gradient: dx = dy where |x| > threshold, else 0.
 */
export function hardShrink(x: Symbolic, options?: ShrinkOptions): Symbolic {
  return apply("hardShrink", "hard_shrink", x, options);
}

/**
 * x moved towards 0 by threshold, 0 for |x| ≤ threshold; the threshold is 0.5 unless given.
 *
 * Shapes: y is as x. Gradient: dx = dy where |x| > threshold, else 0.
 */
export function softShrink(x: Symbolic, options?: ShrinkOptions): Symbolic {
  return apply("softShrink", "soft_shrink", x, options);
}

/**
 * e^x / Σ e^x over an axis, the last one unless given. Overflow is not possible.
 *
 * Shapes: y is as x. Gradient: dx = y · (dy − Σ dy·y).
 */
export function softmax(x: Symbolic, options?: SoftmaxOptions): Symbolic {
  return apply("softmax", "softmax", x, options);
}

/**
 * x − ln Σ e^x over an axis, the last one unless given. Overflow is not possible.
 *
 * Shapes: y is as x. Gradient: dx = dy − e^y · Σ dy.
 */
export function logSoftmax(x: Symbolic, options?: SoftmaxOptions): Symbolic {
  return apply("logSoftmax", "log_softmax", x, options);
}
