import { checkFinite } from "../tensor/check_finite.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { TensorInput } from "../tensor/tensor_input.ts";
import { toTensor } from "../tensor/to_tensor.ts";

/** Mean and variance (the population's, divided by n) of every feature, of data that may come in batches. */
export class FeatureStatistics {
  /** The means; empty before the first batch. */
  mean: number[] = [];
  /** The variances. */
  variance: number[] = [];
  #rows = 0;

  /**
   * Takes in data [samples, …, features].
   *
   * The batch's own statistics, in two passes and float64, are merged with those so far: with δ the difference of the means,
   * mean = m₁ + δ·n₂/n, variance = (n₁·v₁ + n₂·v₂)/n + δ²·n₁·n₂/n². Nothing is squared that is not a difference.
   *
   * @throws TypeError for ragged or empty data and for another number of features, RangeError for NaN or Infinity
   */
  add(data: TensorInput): void {
    const t = toTensor(data, { name: "data" });
    checkFinite(t, "data");
    const width = t.shape.length < 2 ? 1 : t.shape[t.shape.length - 1];
    if (this.#rows > 0 && width !== this.mean.length) {
      throw new TypeError(
        `Cannot adapt: every batch must have ${this.mean.length} features, as the first one, got shape ${
          formatShape(t.shape)
        }`,
      );
    }
    const rows = t.data.length / width;
    const mean = new Array<number>(width).fill(0);
    const variance = new Array<number>(width).fill(0);
    // Counted from the first row: what does not vary has exactly its value as its mean, and variance 0.
    const first = t.data.subarray(0, width);
    t.data.forEach((value, i) => mean[i % width] += (value - first[i % width]) / rows);
    first.forEach((value, j) => mean[j] += value);
    t.data.forEach((value, i) => variance[i % width] += (value - mean[i % width]) * (value - mean[i % width]) / rows);
    if (this.#rows === 0) [this.mean, this.variance] = [mean, variance];
    else this.#merge(mean, variance, rows);
    this.#rows += rows;
  }

  #merge(mean: readonly number[], variance: readonly number[], rows: number): void {
    const count = this.#rows + rows;
    const [old, fresh] = [this.#rows / count, rows / count];
    for (let j = 0; j < mean.length; j++) {
      const difference = mean[j] - this.mean[j];
      this.mean[j] += difference * fresh;
      this.variance[j] = old * this.variance[j] + fresh * variance[j] + difference * difference * old * fresh;
    }
  }
}
