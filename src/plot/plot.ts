/**
 * Small pictures for a terminal, as strings: loss curves, decision boundaries, confusion matrices.
 *
 * ```ts
 * import { plot } from "retroprop";
 *
 * console.log(plot.lossCurve([0.7, 0.5, 0.2, 0.1, 0.05], { title: "loss" }));
 * ```
 *
 * @module
 */
export { confusionMatrix, type ConfusionMatrixPlotOptions } from "./confusion_matrix.ts";
export {
  decisionBoundary,
  type DecisionBoundaryOptions,
  type LabelledPoints,
  type Predictor,
} from "./decision_boundary.ts";
export { type Curves, lossCurve, type LossCurveOptions } from "./loss_curve.ts";
