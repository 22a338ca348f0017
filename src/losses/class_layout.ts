import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { LabelLayout } from "./check_labels.ts";
import { classAxis } from "./class_axis.ts";
import type { Loss } from "./loss.ts";

/**
 * Where a loss finds its classes in the predictions for a sample, and its labels.
 *
 * @typeParam Length of an axis: null where it may be unknown
 */
export interface ClassLayout<Length extends number | null = number> {
  /** The axis of the classes in a batch of predictions, counted from 0; null where it is the last one, or there is none. */
  readonly moved: number | null;
  /** How many classes, or columns, there are. */
  readonly classes: Length | number;
  /** The shape of one sample's label. */
  readonly labels: readonly Length[];
}

/** What decides how a loss sees predictions and labels. */
type LayoutRule = Pick<Loss, "id" | "axis" | "target">;

/**
 * How a loss sees the predictions for a sample.
 *
 * @param shape one sample's predictions
 * @throws {RangeError} If it looks for classes along an axis that there is not
 */
export function classLayout<Length extends number | null>(
  { id, axis, target }: LayoutRule,
  shape: readonly Length[],
): ClassLayout<Length> {
  if (shape.length === 0) return { moved: null, classes: 1, labels: shape };
  const found = classAxis(`use loss ${id}`, [1, ...shape], axis);
  return {
    moved: found === shape.length ? null : found,
    classes: shape[found - 1],
    labels: target === "class_index" ? shape.filter((_, k) => k !== found - 1) : shape,
  };
}

/** How the labels of a loss lie in memory, to check them and to say where one is. */
export function labelLayout(loss: LayoutRule, shape: Shape): LabelLayout {
  const { moved, classes } = classLayout(loss, shape);
  const isIndex = loss.target === "class_index";
  const size = sizeOf(shape);
  // Labels of predictions' shape whose classes are not the last axis lie in no rows: a sample is one.
  if (moved !== null && !isIndex) return { trueWidth: size, predWidth: size };
  return { trueWidth: isIndex ? 1 : classes, predWidth: classes, rowsPerSample: size / classes };
}
