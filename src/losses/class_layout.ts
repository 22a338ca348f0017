import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { LabelLayout } from "./check_labels.ts";
import { classAxis } from "./class_axis.ts";
import type { Loss } from "./loss.ts";

/** Where a loss finds its classes in the predictions for a sample, and its labels. */
export interface ClassLayout {
  /** The axis of the classes in a batch of predictions, counted from 0; null where it is the last one, or there is none. */
  readonly moved: number | null;
  /** How many classes, or columns, there are. */
  readonly classes: number;
  /** The shape of one sample's label. */
  readonly labels: Shape;
  /** How labels lie in memory, to check them and to say where one is. */
  readonly layout: LabelLayout;
}

/**
 * How a loss sees the predictions for a sample.
 *
 * @param shape one sample's predictions
 * @throws {RangeError} If it looks for classes along an axis that there is not
 */
export function classLayout({ id, axis, target }: Pick<Loss, "id" | "axis" | "target">, shape: Shape): ClassLayout {
  const isIndex = target === "class_index";
  if (shape.length === 0) {
    const trueWidth = 1, predWidth = 1;
    return { moved: null, classes: 1, labels: shape, layout: { trueWidth, predWidth } };
  }
  const found = classAxis(`use loss ${id}`, [1, ...shape], axis);
  const classes = shape[found - 1];
  const isLast = found === shape.length;
  const size = sizeOf(shape);
  const byRow = { trueWidth: isIndex ? 1 : classes, predWidth: classes, rowsPerSample: size / classes };
  return {
    moved: isLast ? null : found,
    classes,
    labels: isIndex ? shape.filter((_, k) => k !== found - 1) : shape,
    // Labels of predictions' shape whose classes are not the last axis lie in no rows: a sample is one.
    layout: isLast || isIndex ? byRow : { trueWidth: size, predWidth: size },
  };
}
