import type { MetricBatch } from "./metric.ts";

/** What a metric wants of the labels: as wide as the predictions, one class index a row, or either. */
export type LabelWidth = "same" | "index" | "same or index";

/**
 * Checks that labels are as wide as a metric needs.
 *
 * @param id The metric, for the error.
 * @param batch The batch to look at.
 * @param labels What the metric needs.
 * @throws {TypeError} `Cannot update mean_squared_error: labels must be as wide as predictions (3), got width 1`.
 */
export function checkWidths(id: string, batch: MetricBatch, labels: LabelWidth): void {
  const { trueWidth, predWidth } = batch;
  if (labels !== "index" && trueWidth === predWidth) return;
  if (labels !== "same" && trueWidth === 1) return;
  const same = `as wide as predictions (${predWidth})`;
  const rule = labels === "same"
    ? same
    : labels === "index"
    ? "one class index a row"
    : `${same} or one class index a row`;
  throw new TypeError(`Cannot update ${id}: labels must be ${rule}, got width ${trueWidth}`);
}
