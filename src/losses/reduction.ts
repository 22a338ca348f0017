/**
 * How the losses of the rows become one number. `mean` is the same as `sum_over_batch_size`, as in Keras 3; `none` leaves
 * one loss a row and cannot be trained on.
 */
export type Reduction = "sum_over_batch_size" | "sum" | "mean" | "mean_with_sample_weight" | "none";

/** The reductions, in the order in which messages list them. */
export const reductions: readonly Reduction[] = [
  "sum_over_batch_size",
  "sum",
  "mean",
  "mean_with_sample_weight",
  "none",
];
