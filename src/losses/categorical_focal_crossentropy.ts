import { checkBoolean } from "../errors/check_boolean.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { div, exp, expm1, log, max, mul, neg, sub } from "../formula/build.ts";
import { scalar, vector } from "../formula/expression.ts";
import { defineRow } from "../tables/define_row.ts";
import { map } from "../tensor/symbolic.ts";
import { alignClasses } from "./align_classes.ts";
import type { CategoricalCrossentropyOptions } from "./categorical_crossentropy.ts";
import { classLogits } from "./class_logits.ts";
import type { Loss } from "./loss.ts";
import { lossFormula } from "./loss_formula.ts";
import type { LossRow } from "./loss_row.ts";
import { readClassAxis } from "./read_class_axis.ts";
import { readFraction } from "./read_fraction.ts";
import { readReduction } from "./read_reduction.ts";
import { smoothLabels } from "./smooth_labels.ts";
import { sumLastAxis, widthOf } from "./sum_last_axis.ts";

/** Options of categorical_focal_crossentropy. */
export interface CategoricalFocalCrossentropyOptions extends CategoricalCrossentropyOptions {
  /** The weight of every class, from 0 to 1. Defaults to 0.25. */
  readonly alpha?: number;
  /** How much easy samples are damped, ≥ 0; 0 is plain crossentropy. Defaults to 2. */
  readonly gamma?: number;
}

const t = vector("t");
const gamma = scalar("gamma");
/** ln p of a class, kept finite. */
const l = max(vector("p"), -1e30);
/** 1 − p; its logarithm must stay finite. */
const miss = max(neg(expm1(l)), 1e-30);
const factor = exp(mul(gamma, log(miss)));

/**
 * −Σ alpha · (1 − p)^gamma · t · ln p over an axis, the last one unless given; labels are one-hot or soft. alpha is 0.25 and gamma 2 unless given.
 *
 * Source: Lin et al. 2017, Focal loss for dense object detection, arXiv:1708.02002.
 */
export function categoricalFocalCrossentropy(options?: CategoricalFocalCrossentropyOptions): Loss {
  return categoricalFocalCrossentropyRow.create(options);
}

/** It is computed from ln p, the log_softmax of the logits: those behind a softmax if there is one, else ln max(p, 1e-7). */
export const categoricalFocalCrossentropyRow: LossRow<CategoricalFocalCrossentropyOptions> = defineRow({
  id: "categorical_focal_crossentropy",
  options: ["alpha", "gamma", "fromLogits", "labelSmoothing", "axis", "reduction"],
  formulas: [
    lossFormula("categorical_focal", mul(mul(neg(t), factor), l), {
      gradient: mul(mul(neg(t), factor), sub(1, mul(gamma, div(mul(exp(l), l), miss)))),
    }),
  ],
  create(options: CategoricalFocalCrossentropyOptions = {}): Loss {
    const id = "categorical_focal_crossentropy";
    const what = `create ${id} loss`;
    checkOptions(what, options, categoricalFocalCrossentropyRow.options);
    const alpha = readFraction(what, "alpha", options.alpha, 0.25);
    const gamma = checkNumber(what, "gamma", options.gamma ?? 2, { min: 0 });
    const fromLogits = checkBoolean(what, "fromLogits", options.fromLogits ?? false);
    const labelSmoothing = readFraction(what, "labelSmoothing", options.labelSmoothing, 0);
    const axis = readClassAxis(what, options.axis);
    const reduction = readReduction(what, options.reduction);
    return {
      id,
      config: { alpha, gamma, fromLogits, labelSmoothing, axis, reduction },
      reduction,
      target: "distribution",
      axis,
      ...(fromLogits ? { link: "softmax" as const } : {}),
      call(g, yTrue, yPred) {
        const { labels, predictions } = alignClasses(g, id, yTrue, yPred, axis);
        const smoothed = smoothLabels(g, labels, labelSmoothing, widthOf(predictions));
        const logProbabilities = g.apply("log_softmax", [classLogits(g, predictions, fromLogits)]);
        return sumLastAxis(g, map(g, "categorical_focal", [smoothed, logProbabilities], { gamma }), alpha);
      },
    };
  },
});
