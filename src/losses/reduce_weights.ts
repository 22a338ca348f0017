import type { Reduction } from "./reduction.ts";

/** What weighs the rows of a batch. */
export interface RowWeights {
  /** One weight a row, or null: 1. */
  readonly sampleWeight?: ArrayLike<number> | null;
  /** 1 for a row that counts and 0 for one that does not (`Loss.rowWeights`), or null: all count. */
  readonly mask?: ArrayLike<number> | null;
}

/**
 * Fills `scale` so that Σ_i scale[i] · loss[i] is the reduced loss of the batch, with w the sample weights and m the mask:
 *
 * - `sum`: scale = w·m;
 * - `sum_over_batch_size`, `mean`: w·m / rows that count (Σ m; all rows without a mask): the divisor ignores the weights;
 * - `mean_with_sample_weight`: w·m / Σ w·m, and as `mean` without weights or mask.
 *
 * A divisor of 0 gives 0, not NaN. This is what Keras 3 does (`apply_mask`, `reduce_values`), but for `mean_with_sample_weight` of samples
 * with several rows: there Keras divides by the sum of one weight a sample, which is no mean.
 *
 * @param scale one number a row; it is written
 * @throws {RangeError} for `none`, which gives no single number. Keras cannot fit with it either: its gradient needs a
 *   scalar (only its TensorFlow backend goes on, and adds the rows up).
 */
export function reduceWeights(scale: Float32Array, reduction: Reduction, weights: RowWeights = {}): void {
  if (reduction === "none") {
    throw new RangeError('Cannot reduce loss: reduction must give one number to train on, got "none"');
  }
  const sampleWeight = weights.sampleWeight ?? null;
  const mask = weights.mask ?? null;
  const rows = scale.length;
  let counted = 0;
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const m = mask === null ? 1 : mask[i];
    const w = sampleWeight === null ? m : m * sampleWeight[i];
    scale[i] = w;
    counted += m;
    total += w;
  }
  if (reduction === "sum") return;
  const divisor = reduction === "mean_with_sample_weight" ? total : counted;
  for (let i = 0; i < rows; i++) scale[i] = divisor === 0 ? 0 : scale[i] / divisor;
}
