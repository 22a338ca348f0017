import { createRowMean } from "./create_row_mean.ts";
import type { MetricState } from "./metric.ts";

/** The state of a composed metric: the weighted mean of the values that the program gives, one a row, as `yPred`. */
export function createValueMean(id: string): MetricState {
  return createRowMean({ id, measure: (_, values, __, at) => values[at] });
}
