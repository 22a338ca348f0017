/**
 * Small pictures for a terminal, as strings: loss curves, decision boundaries, confusion matrices. And images, filters and activations, which a
 * notebook shows as they are.
 *
 * ```ts
 * import { plot } from "retroprop";
 *
 * console.log(plot.lossCurve([0.7, 0.5, 0.2, 0.1, 0.05], { title: "loss" }));
 * ```
 *
 * @module
 */
export { activations, type ActivationsPlotOptions } from "./activations.ts";
export { filters, type FilterSource, type FiltersPlotOptions } from "./filters.ts";
export { images, type ImagesPlotOptions } from "./images.ts";
export type { Panel, PictureSection, PictureStyle } from "./panel.ts";
export type { Picture } from "./picture.ts";
export type { PictureOptions } from "./picture_options.ts";
export { confusionMatrix, type ConfusionMatrixPlotOptions } from "./confusion_matrix.ts";
export {
  decisionBoundary,
  type DecisionBoundaryOptions,
  type LabelledPoints,
  type Predictor,
} from "./decision_boundary.ts";
export { type Curves, lossCurve, type LossCurveOptions } from "./loss_curve.ts";
