import { checkBoolean } from "../errors/check_boolean.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { add, div, exp, log, log1p, max, mul, neg, sigmoid, sub } from "../formula/build.ts";
import { scalar, vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import { defineRow } from "../tables/define_row.ts";
import { map } from "../tensor/symbolic.ts";
import { moveLast } from "../tensor/move_last.ts";
import { alignLabels } from "./align_labels.ts";
import { type BinaryCrossentropyOptions, crossentropyOfLogit } from "./binary_crossentropy.ts";
import { clip, EPSILON, within } from "./clip.ts";
import { classAxis } from "./class_axis.ts";
import { findLogits } from "./find_logits.ts";
import type { Loss } from "./loss.ts";
import { lossFormula } from "./loss_formula.ts";
import type { LossRow } from "./loss_row.ts";
import { readClassAxis } from "./read_class_axis.ts";
import { readFraction } from "./read_fraction.ts";
import { readReduction } from "./read_reduction.ts";
import { smoothLabels } from "./smooth_labels.ts";
import { sumLastAxis, widthOf } from "./sum_last_axis.ts";

/** Options of binary_focal_crossentropy. */
export interface BinaryFocalCrossentropyOptions extends BinaryCrossentropyOptions {
  /** Whether label 1 is weighed by alpha and label 0 by 1 − alpha. Defaults to false. */
  readonly applyClassBalancing?: boolean;
  /** The weight of label 1, from 0 to 1. Defaults to 0.25. */
  readonly alpha?: number;
  /** How much easy samples are damped, ≥ 0; 0 is plain crossentropy. Defaults to 2. */
  readonly gamma?: number;
}

const t = vector("t");
const p = vector("p");
const gamma = scalar("gamma");
const alpha = scalar("alpha");
const other = sub(1, t);
/** 1 − p_t, the probability that was given to the wrong label; its logarithm must stay finite. */
const miss = max(add(mul(t, sigmoid(neg(p))), mul(other, sigmoid(p))), 1e-30);
const factor = exp(mul(gamma, log(miss)));
const loss = mul(factor, crossentropyOfLogit);
/** (d miss / dp) / miss: at most 1 in size, so it does not overflow where miss is small. */
const rate = mul(sub(1, mul(2, t)), div(mul(sigmoid(p), sigmoid(neg(p))), miss));
const slope = mul(factor, add(sub(sigmoid(p), t), mul(mul(gamma, crossentropyOfLogit), rate)));
const balance = add(mul(t, alpha), mul(other, sub(1, alpha)));
const x = vector("x");
const q = clip(x, EPSILON, 1 - EPSILON);

/**
 * mean (1 − p_t)^gamma · binary crossentropy over an axis, the last one unless given, p_t the probability of the right label: easy samples count less. gamma
 * is 2; with `applyClassBalancing` (default false) label 1 weighs alpha = 0.25, label 0 weighs 1 − alpha.
 *
 * Source: Lin et al. 2017, Focal loss for dense object detection, arXiv:1708.02002.
 */
export function binaryFocalCrossentropy(options?: BinaryFocalCrossentropyOptions): Loss {
  return binaryFocalCrossentropyRow.create(options);
}

/**
 * With p_t = t·p + (1 − t)·(1 − p), and with class balancing the weight t·alpha + (1 − t)·(1 − alpha). It is computed from logits: those
 * behind a sigmoid if there is one, else ln(p / (1 − p)) with p kept from 1e-7 to 1 − 1e-7.
 */
export const binaryFocalCrossentropyRow: LossRow<BinaryFocalCrossentropyOptions> = defineRow({
  id: "binary_focal_crossentropy",
  options: ["applyClassBalancing", "alpha", "gamma", "fromLogits", "labelSmoothing", "axis", "reduction"],
  formulas: [
    lossFormula("binary_focal", loss, { gradient: slope, scalars: ["gamma"] }),
    lossFormula("binary_focal_balanced", mul(balance, loss), {
      gradient: mul(balance, slope),
      scalars: ["gamma", "alpha"],
    }),
    formulaRow("logit", sub(log(q), log1p(neg(q))), {
      gradients: { x: within(x, EPSILON, 1 - EPSILON, div(1, mul(x, sub(1, x)))) },
    }),
  ],
  create(options: BinaryFocalCrossentropyOptions = {}): Loss {
    const id = "binary_focal_crossentropy";
    const what = `create ${id} loss`;
    checkOptions(what, options, binaryFocalCrossentropyRow.options);
    const applyClassBalancing = checkBoolean(what, "applyClassBalancing", options.applyClassBalancing ?? false);
    const alpha = readFraction(what, "alpha", options.alpha, 0.25);
    const gamma = checkNumber(what, "gamma", options.gamma ?? 2, { min: 0 });
    const fromLogits = checkBoolean(what, "fromLogits", options.fromLogits ?? false);
    const labelSmoothing = readFraction(what, "labelSmoothing", options.labelSmoothing, 0);
    const axis = readClassAxis(what, options.axis);
    const reduction = readReduction(what, options.reduction);
    return {
      id,
      config: { applyClassBalancing, alpha, gamma, fromLogits, labelSmoothing, axis, reduction },
      reduction,
      target: "binary",
      axis,
      ...(fromLogits ? { link: "sigmoid" as const } : {}),
      call(g, yTrue, yPred) {
        const labels = smoothLabels(g, alignLabels(g, id, yTrue, yPred.shape), labelSmoothing, 2);
        const logits = fromLogits ? yPred : findLogits(g, yPred, "sigmoid") ?? map(g, "logit", [yPred]);
        const losses = applyClassBalancing
          ? map(g, "binary_focal_balanced", [labels, logits], { gamma, alpha })
          : map(g, "binary_focal", [labels, logits], { gamma });
        const rows = moveLast(losses, classAxis(`compute ${id}`, yPred.shape, axis));
        return sumLastAxis(g, rows, 1 / widthOf(rows));
      },
    };
  },
});
