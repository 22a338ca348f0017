import { createValueMean } from "../../metrics/create_value_mean.ts";
import type { Metric } from "../../metrics/metric.ts";
import { type MetricContext, resolveMetric } from "../../metrics/resolve_metric.ts";
import type { SavedRow } from "./saved_row.ts";

/** A metric as a worker needs it: a row of the table, or of a composed one what is left of it once programs are traced. */
export interface SavedMetric extends SavedRow {
  readonly composed?: Pick<Metric, "name" | "direction">;
}

/** The saved form of a metric. */
export function saveMetric({ id, config, name, direction, call }: Metric): SavedMetric {
  return call === undefined ? { id, config } : { id, config, composed: { name, direction } };
}

/** The metric of a saved form. A composed one cannot be traced again. */
export function readMetric({ id, config, composed }: SavedMetric, context: MetricContext): Metric {
  // Saved metrics name their kind: nothing has to be picked by the context.
  if (composed === undefined) return resolveMetric({ id, config } as never, context);
  return {
    id,
    config,
    ...composed,
    create: () => createValueMean(id),
    call: () => {
      throw new Error(`The metric "${id}" is in the programs of its plan`);
    },
  };
}
