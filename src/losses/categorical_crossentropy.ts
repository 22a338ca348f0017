import { checkBoolean } from "../errors/check_boolean.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { alignClasses } from "./align_classes.ts";
import { classLogits, logProbability } from "./class_logits.ts";
import type { Loss } from "./loss.ts";
import type { LossOptions, LossRow } from "./loss_row.ts";
import { readClassAxis } from "./read_class_axis.ts";
import { readFraction } from "./read_fraction.ts";
import { readReduction } from "./read_reduction.ts";
import { smoothLabels } from "./smooth_labels.ts";
import { widthOf } from "./sum_last_axis.ts";

/** Options of categorical_crossentropy. */
export interface CategoricalCrossentropyOptions extends LossOptions {
  /** True if predictions are logits, not probabilities. Defaults to false. */
  readonly fromLogits?: boolean;
  /** How far labels are drawn towards the uniform distribution, from 0 to 1. Defaults to 0. */
  readonly labelSmoothing?: number;
  /** The axis of the classes, negative ones counted from the end, 0 being the batch. Defaults to −1. */
  readonly axis?: number;
}

/**
 * −Σ t · ln p over an axis, the last one unless given; labels are one-hot or soft, one column a class, at least 2. For one class of several, behind a softmax.
 *
 * Behind a softmax, or with `fromLogits` (default false), it is computed from the logits: finite for all finite logits. `labelSmoothing`
 * s (default 0) makes labels t·(1 − s) + s/n.
 */
export function categoricalCrossentropy(options?: CategoricalCrossentropyOptions): Loss {
  return categoricalCrossentropyRow.create(options);
}

/** Without logits, p below 1e-7 counts as 1e-7 before the sum is taken (Keras takes the sum first, and keeps p below 1 − 1e-7, too). */
export const categoricalCrossentropyRow: LossRow<CategoricalCrossentropyOptions> = defineRow({
  id: "categorical_crossentropy",
  options: ["fromLogits", "labelSmoothing", "axis", "reduction"],
  formulas: [logProbability],
  create(options: CategoricalCrossentropyOptions = {}): Loss {
    const id = "categorical_crossentropy";
    const what = `create ${id} loss`;
    checkOptions(what, options, categoricalCrossentropyRow.options);
    const fromLogits = checkBoolean(what, "fromLogits", options.fromLogits ?? false);
    const labelSmoothing = readFraction(what, "labelSmoothing", options.labelSmoothing, 0);
    const axis = readClassAxis(what, options.axis);
    const reduction = readReduction(what, options.reduction);
    return {
      id,
      config: { fromLogits, labelSmoothing, axis, reduction },
      reduction,
      target: "distribution",
      axis,
      ...(fromLogits ? { link: "softmax" as const } : {}),
      call(g, yTrue, yPred) {
        const { labels, predictions } = alignClasses(g, id, yTrue, yPred, axis);
        const smoothed = smoothLabels(g, labels, labelSmoothing, widthOf(predictions));
        return g.apply("softmax_crossentropy", [classLogits(g, predictions, fromLogits), smoothed]);
      },
    };
  },
});
