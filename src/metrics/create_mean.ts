/** A running weighted mean of numbers. */
export interface Mean {
  /** Forgets everything seen. */
  reset(): void;
  /** Takes in one value; its weight is 1 unless said. */
  add(value: number, weight?: number): void;
  /** Σ weight·value / Σ weight; 0 if nothing was added. */
  result(): number;
}

/**
 * A running weighted mean in float64, for values that are at hand already: the loss of each batch, weighted by its
 * number of rows.
 *
 * @returns The mean, empty.
 */
export function createMean(): Mean {
  const sums = new Float64Array(2);
  return {
    reset(): void {
      sums.fill(0);
    },
    add(value: number, weight: number = 1): void {
      if (weight === 0) return;
      sums[0] += weight * value;
      sums[1] += weight;
    },
    result(): number {
      return sums[1] === 0 ? 0 : sums[0] / sums[1];
    },
  };
}
