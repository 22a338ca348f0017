import type { MetricBatch } from "../../src/metrics/metric.ts";

/** A batch from plain numbers; widths are lengths divided by rows. */
export function makeBatch(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  rows: number,
  weights: ArrayLike<number> | null = null,
): MetricBatch {
  return {
    yTrue: Float32Array.from(yTrue),
    yPred: Float32Array.from(yPred),
    rows,
    trueWidth: yTrue.length / rows,
    predWidth: yPred.length / rows,
    sampleWeight: weights === null ? null : Float32Array.from(weights),
  };
}

/** Rows `from` to `to` of a batch, as views. */
export function sliceBatch(batch: MetricBatch, from: number, to: number): MetricBatch {
  const { yTrue, yPred, trueWidth, predWidth, sampleWeight } = batch;
  return {
    yTrue: yTrue.subarray(from * trueWidth, to * trueWidth),
    yPred: yPred.subarray(from * predWidth, to * predWidth),
    rows: to - from,
    trueWidth,
    predWidth,
    sampleWeight: sampleWeight?.subarray(from, to) ?? null,
  };
}
