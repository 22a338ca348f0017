import type { ActivationRow } from "./activation_row.ts";
import { celu } from "./celu.ts";
import { elu } from "./elu.ts";
import { exponential } from "./exponential.ts";
import { gelu } from "./gelu.ts";
import { hardShrink } from "./hard_shrink.ts";
import { hardSigmoid } from "./hard_sigmoid.ts";
import { hardSilu } from "./hard_silu.ts";
import { hardTanh } from "./hard_tanh.ts";
import { leakyRelu } from "./leaky_relu.ts";
import { linear } from "./linear.ts";
import { logSigmoid } from "./log_sigmoid.ts";
import { logSoftmax } from "./log_softmax.ts";
import { mish } from "./mish.ts";
import { relu } from "./relu.ts";
import { relu6 } from "./relu6.ts";
import { selu } from "./selu.ts";
import { sigmoid } from "./sigmoid.ts";
import { silu } from "./silu.ts";
import { softShrink } from "./soft_shrink.ts";
import { softmax } from "./softmax.ts";
import { softplus } from "./softplus.ts";
import { softsign } from "./softsign.ts";
import { tanh } from "./tanh.ts";
import { tanhShrink } from "./tanh_shrink.ts";
import { threshold } from "./threshold.ts";
import type { FormulaRow } from "../formula/formula_row.ts";

/** The name of an activation. Written out, since JSR takes no inferred types in a public API. */
export type ActivationName =
  | "linear"
  | "sigmoid"
  | "tanh"
  | "relu"
  | "relu6"
  | "leaky_relu"
  | "elu"
  | "selu"
  | "celu"
  | "gelu"
  | "silu"
  | "softplus"
  | "softsign"
  | "softmax"
  | "log_softmax"
  | "hard_sigmoid"
  | "hard_silu"
  | "hard_tanh"
  | "log_sigmoid"
  | "mish"
  | "exponential"
  | "tanh_shrink"
  | "threshold"
  | "hard_shrink"
  | "soft_shrink";

/** Every activation, by its Keras name. */
export const activationTable = {
  linear,
  sigmoid,
  tanh,
  relu,
  relu6,
  leaky_relu: leakyRelu,
  elu,
  selu,
  celu,
  gelu,
  silu,
  softplus,
  softsign,
  softmax,
  log_softmax: logSoftmax,
  hard_sigmoid: hardSigmoid,
  hard_silu: hardSilu,
  hard_tanh: hardTanh,
  log_sigmoid: logSigmoid,
  mish,
  exponential,
  tanh_shrink: tanhShrink,
  threshold,
  hard_shrink: hardShrink,
  soft_shrink: softShrink,
} satisfies Record<ActivationName, ActivationRow>;

/** Every elementwise formula of the activations, for the table of formulas. */
export const activationFormulas: readonly FormulaRow[] = Object.values(activationTable).flatMap((row) => row.formulas);
