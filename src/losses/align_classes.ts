import { moveLast } from "../tensor/move_last.ts";
import type { Builder, Symbolic } from "../tensor/symbolic.ts";
import { alignLabels } from "./align_labels.ts";
import { classAxis } from "./class_axis.ts";

/** Labels and predictions of one shape, with the axis of the classes at the end: as they are where it is there. */
export function alignClasses(
  g: Builder,
  loss: string,
  yTrue: Symbolic,
  yPred: Symbolic,
  axis: number,
): { readonly labels: Symbolic; readonly predictions: Symbolic } {
  const found = classAxis(`compute ${loss}`, yPred.shape, axis);
  return {
    labels: moveLast(alignLabels(g, loss, yTrue, yPred.shape), found),
    predictions: moveLast(yPred, found),
  };
}
