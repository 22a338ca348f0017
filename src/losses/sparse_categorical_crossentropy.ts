import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { moveLast } from "../tensor/move_last.ts";
import { alignLabels } from "./align_labels.ts";
import { classAxis } from "./class_axis.ts";
import { classLogits } from "./class_logits.ts";
import type { Loss } from "./loss.ts";
import type { LossOptions, LossRow } from "./loss_row.ts";
import { readClassAxis } from "./read_class_axis.ts";
import { readReduction } from "./read_reduction.ts";

/** Options of sparse_categorical_crossentropy. */
export interface SparseCategoricalCrossentropyOptions extends LossOptions {
  /** True if predictions are logits, not probabilities. Defaults to false. */
  readonly fromLogits?: boolean;
  /** A label whose rows do not count, for example −1; null (the default) for none. The mean is over the other rows. */
  readonly ignoreClass?: number | null;
  /** The axis of the classes, negative ones counted from the end, 0 being the batch. Defaults to −1. */
  readonly axis?: number;
}

/**
 * −ln p[label] over an axis, the last one unless given; labels [batch, …], without that axis, are class indices from 0. The categorical crossentropy without one-hot labels.
 *
 * Behind a softmax, or with `fromLogits` (default false), it is computed from the logits. Rows with the label `ignoreClass` (default null:
 * none) do not count.
 */
export function sparseCategoricalCrossentropy(options?: SparseCategoricalCrossentropyOptions): Loss {
  return sparseCategoricalCrossentropyRow.create(options);
}

/** Without logits, p below 1e-7 counts as 1e-7 before the sum is taken (Keras takes the sum first, and keeps p below 1 − 1e-7, too). */
export const sparseCategoricalCrossentropyRow: LossRow<SparseCategoricalCrossentropyOptions> = defineRow({
  id: "sparse_categorical_crossentropy",
  options: ["fromLogits", "ignoreClass", "axis", "reduction"],
  formulas: [],
  create(options: SparseCategoricalCrossentropyOptions = {}): Loss {
    const id = "sparse_categorical_crossentropy";
    const what = `create ${id} loss`;
    checkOptions(what, options, sparseCategoricalCrossentropyRow.options);
    const fromLogits = checkBoolean(what, "fromLogits", options.fromLogits ?? false);
    const given = options.ignoreClass ?? null;
    const ignoreClass = given === null ? null : checkInteger(what, "ignoreClass", given);
    const axis = readClassAxis(what, options.axis);
    const reduction = readReduction(what, options.reduction);
    return {
      id,
      config: { fromLogits, ignoreClass, axis, reduction },
      reduction,
      target: "class_index",
      axis,
      ...(fromLogits ? { link: "softmax" as const } : {}),
      call(g, yTrue, yPred) {
        const predictions = moveLast(yPred, classAxis(`compute ${id}`, yPred.shape, axis));
        const labels = alignLabels(g, id, yTrue, predictions.shape.slice(0, -1));
        const logits = classLogits(g, predictions, fromLogits);
        return g.apply("sparse_softmax_crossentropy", [logits, labels], ignoreClass === null ? {} : { ignoreClass });
      },
      rowWeights(labels) {
        return ignoreClass === null ? null : Float32Array.from(labels, (label) => label === ignoreClass ? 0 : 1);
      },
    };
  },
});
