import { choice, type Fields, integer, number, toggle } from "./field.ts";

/** The activations that are offered, the usual ones first: all that need no option. */
export const ACTIVATIONS = [
  "linear",
  "sigmoid",
  "tanh",
  "relu",
  "leaky_relu",
  "elu",
  "selu",
  "gelu",
  "silu",
  "softplus",
  "softsign",
  "softmax",
  "relu6",
  "celu",
  "mish",
  "hard_sigmoid",
  "hard_silu",
  "hard_tanh",
  "log_sigmoid",
  "log_softmax",
  "exponential",
  "step",
  "sign",
  "tanh_shrink",
  "hard_shrink",
  "soft_shrink",
] as const;

/** The initializers that are offered. */
export const INITIALIZERS = [
  "glorot_uniform",
  "glorot_normal",
  "he_uniform",
  "he_normal",
  "lecun_uniform",
  "lecun_normal",
  "random_normal",
  "random_uniform",
  "truncated_normal",
  "orthogonal",
  "constant",
  "zeros",
  "ones",
] as const;

const PENALTY = number(0, 0, 10, { isLogarithmic: true });
const RATE = number(0.2, 0, 1, { isBelow: true });
const EPSILON = number(1e-3, 0, 1, { isLogarithmic: true });

/** The options of a dense layer besides its units. */
export const DENSE_FIELDS: Fields = {
  activation: choice("linear", ACTIVATIONS),
  initializer: choice("glorot_uniform", INITIALIZERS),
  /** Of `random_normal` and `truncated_normal` the deviation, of `random_uniform` the limit, of `constant` the value, of `orthogonal` the gain. */
  initializerScale: number(null, -1000, 1000, { isOptional: true }),
  bias: number(0, -100, 100),
  useBias: toggle(true),
  l1: PENALTY,
  l2: PENALTY,
};

/** The kinds of hidden layers with their options: all of the library that take rows of numbers. */
export const LAYER_FIELDS: Readonly<Record<string, Fields>> = {
  dense: { units: integer(4, 1, 32), ...DENSE_FIELDS },
  dropout: { rate: RATE },
  batch_normalization: {
    momentum: number(0.99, 0, 1, { isBelow: true }),
    epsilon: EPSILON,
    center: toggle(true),
    scale: toggle(true),
  },
  layer_normalization: { epsilon: EPSILON, center: toggle(true), scale: toggle(true) },
  rms_normalization: { epsilon: number(1e-6, 0, 1, { isLogarithmic: true }) },
  group_normalization: {
    groups: integer(1, 1, 32),
    epsilon: EPSILON,
    center: toggle(true),
    scale: toggle(true),
  },
  unit_normalization: {},
  normalization: {},
  gaussian_noise: { stddev: number(0.1, 0, 10, { isLogarithmic: true }) },
  gaussian_dropout: { rate: RATE },
  alpha_dropout: { rate: RATE },
  activation: { activation: choice("relu", ACTIVATIONS) },
  prelu: {},
  leaky_relu: { negativeSlope: number(0.3, 0, 10) },
  elu: { alpha: number(1, 0, 10) },
  relu: {},
  softmax: {},
  activity_regularization: { l1: PENALTY, l2: PENALTY },
  rescaling: { scale: number(1, -1000, 1000), offset: number(0, -1000, 1000) },
};
