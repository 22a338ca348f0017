import goldens from "../golden/metrics.json" with { type: "json" };
import type { MetricBatch, MetricResult } from "../../src/metrics/metric.ts";
import type { Json } from "../../src/tensor/json.ts";
import { makeBatch } from "./make_batch.ts";

/** What another library gives for a metric on a batch. */
export interface Golden {
  title: string;
  id: string;
  config: Record<string, Json>;
  batch: MetricBatch;
  expected: MetricResult;
  tolerance: number;
}

interface Sets {
  [name: string]: { rows: number; yTrue: number[]; yPred: number[]; weights: number[] };
}

/** Every case of tests/golden/metrics.json. */
export function readGoldens(): Golden[] {
  const sets: Sets = goldens.sets;
  return goldens.cases.map((each) => {
    const { rows, yTrue, yPred, weights } = sets[each.set];
    const config: Record<string, Json> = { ...(each.config as Record<string, Json>) };
    return {
      title: `${each.metric} ${JSON.stringify(config)} on ${each.set}${
        each.weighted ? ", weighted" : ""
      } (${each.source})`,
      id: each.metric,
      config,
      batch: makeBatch(yTrue, yPred, rows, each.weighted ? weights : null),
      expected: each.expected,
      tolerance: each.tolerance,
    };
  });
}
