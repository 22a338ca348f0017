import { checkBoolean } from "../errors/check_boolean.ts";
import { checkOptions } from "../errors/check_options.ts";
import { abs, add, div, greater, log, log1p, mul, neg, select, sigmoid, softplus, sub } from "../formula/build.ts";
import { type Expression, vector } from "../formula/expression.ts";
import { defineRow } from "../tables/define_row.ts";
import { map } from "../tensor/symbolic.ts";
import { moveLast } from "../tensor/move_last.ts";
import { alignLabels } from "./align_labels.ts";
import { classAxis } from "./class_axis.ts";
import { clip, EPSILON, within } from "./clip.ts";
import { findLogits } from "./find_logits.ts";
import type { Loss } from "./loss.ts";
import { lossFormula } from "./loss_formula.ts";
import type { LossOptions, LossRow } from "./loss_row.ts";
import { readClassAxis } from "./read_class_axis.ts";
import { readFraction } from "./read_fraction.ts";
import { readReduction } from "./read_reduction.ts";
import { smoothLabels } from "./smooth_labels.ts";
import { sumLastAxis, widthOf } from "./sum_last_axis.ts";

/** Options of binary_crossentropy. */
export interface BinaryCrossentropyOptions extends LossOptions {
  /** True if predictions are logits, not probabilities. Defaults to false. */
  readonly fromLogits?: boolean;
  /** How far labels are drawn towards ½, from 0 to 1. Defaults to 0. */
  readonly labelSmoothing?: number;
  /** The axis over which the mean is taken, negative ones counted from the end, 0 being the batch. Defaults to −1. */
  readonly axis?: number;
}

const t = vector("t");
const p = vector("p");

/**
 * The binary crossentropy of labels t with logits p: t·softplus(−p) + (1 − t)·softplus(p), with one softplus:
 * softplus(−|p|) + (p > 0 ? p·(1 − t) : −p·t). Both terms are ≥ 0, so nothing cancels and nothing overflows.
 */
export const crossentropyOfLogit: Expression = add(
  softplus(neg(abs(p))),
  select(greater(p, 0), mul(p, sub(1, t)), neg(mul(p, t))),
);

const q = clip(p, EPSILON, 1 - EPSILON);

/**
 * mean −(t·ln p + (1 − t)·ln(1 − p)) over an axis, the last one unless given; labels are from 0 to 1, p is a probability. For yes or no, behind a sigmoid.
 *
 * Behind a sigmoid, or with `fromLogits` (default false), it is computed from the logits: finite for all finite logits. Otherwise p is
 * kept from 1e-7 to 1 − 1e-7. `labelSmoothing` s (default 0) makes labels t·(1 − s) + s/2.
 */
export function binaryCrossentropy(options?: BinaryCrossentropyOptions): Loss {
  return binaryCrossentropyRow.create(options);
}

/** From logits z it is t·softplus(−z) + (1 − t)·softplus(z), whose derivative is sigmoid(z) − t. */
export const binaryCrossentropyRow: LossRow<BinaryCrossentropyOptions> = defineRow({
  id: "binary_crossentropy",
  aliases: ["bce"],
  options: ["fromLogits", "labelSmoothing", "axis", "reduction"],
  formulas: [
    lossFormula("binary_crossentropy", neg(add(mul(t, log(q)), mul(sub(1, t), log1p(neg(q))))), {
      gradient: within(p, EPSILON, 1 - EPSILON, div(sub(p, t), mul(p, sub(1, p)))),
    }),
    lossFormula("binary_crossentropy_logits", crossentropyOfLogit, { gradient: sub(sigmoid(p), t) }),
  ],
  create(options: BinaryCrossentropyOptions = {}): Loss {
    const what = "create binary_crossentropy loss";
    checkOptions(what, options, binaryCrossentropyRow.options);
    const fromLogits = checkBoolean(what, "fromLogits", options.fromLogits ?? false);
    const labelSmoothing = readFraction(what, "labelSmoothing", options.labelSmoothing, 0);
    const axis = readClassAxis(what, options.axis);
    const reduction = readReduction(what, options.reduction);
    return {
      id: "binary_crossentropy",
      config: { fromLogits, labelSmoothing, axis, reduction },
      reduction,
      target: "binary",
      axis,
      ...(fromLogits ? { link: "sigmoid" as const } : {}),
      call(g, yTrue, yPred) {
        const labels = smoothLabels(g, alignLabels(g, "binary_crossentropy", yTrue, yPred.shape), labelSmoothing, 2);
        const logits = fromLogits ? yPred : findLogits(g, yPred, "sigmoid");
        const losses = logits === null
          ? map(g, "binary_crossentropy", [labels, yPred])
          : map(g, "binary_crossentropy_logits", [labels, logits]);
        const rows = moveLast(losses, classAxis("compute binary_crossentropy", yPred.shape, axis));
        return sumLastAxis(g, rows, 1 / widthOf(rows));
      },
    };
  },
});
