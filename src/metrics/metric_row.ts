import type { Row } from "../tables/row.ts";
import type { Metric } from "./metric.ts";

/** One row of the table of metrics. */
export interface MetricRow extends Row<object, Metric> {
  /** Whether it takes predictions for probabilities: where the loss takes them for logits, it gets them as probabilities. */
  readonly ofProbabilities?: true;
}
